//! What is announced. Where nothing else is said the subject is the conversation, and `letter` names the letter.

/// An agent has chosen what to be told by mail; the subject is the agent.
pub const CHOSEN: &str = "notification.chosen";
/// Something came back to a letter that nobody reads: from a machine, or to a letter that has expired.
pub const DROPPED: &str = "notification.dropped";
