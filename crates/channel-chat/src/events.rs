//! What is announced. The subject is the conversation, except for availability, whose subject is the agent.

pub const BEGAN: &str = "chat.began";
pub const RINGS: &str = "chat.rings";
pub const TAKEN: &str = "chat.taken";
pub const RETURNED: &str = "chat.returned";
pub const PASSED: &str = "chat.passed";
pub const MISSED: &str = "chat.missed";
pub const ENDED: &str = "chat.ended";
pub const CHANGED: &str = "chat.changed";
/// A visitor's thread has a new line.
pub const LINE_WRITTEN: &str = "chat.line_written";
pub const AVAILABILITY: &str = "chat.availability_changed";
pub const WIDGET_CREATED: &str = "chat_widget.created";
pub const WIDGET_CHANGED: &str = "chat_widget.changed";
pub const WIDGET_REMOVED: &str = "chat_widget.removed";

/// What a desk's queue shows.
pub const OF_CHATS: &[&str] = &[BEGAN, RINGS, TAKEN, RETURNED, PASSED, MISSED, ENDED, CHANGED];

/// What a visitor's screen may have to show.
pub fn is_for_visitors(name: &str) -> bool {
    OF_CHATS.contains(&name) || name == LINE_WRITTEN
}
