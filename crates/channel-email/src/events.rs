//! What is announced. The subject of each is the mailbox.

pub const ADDED: &str = "mailbox.added";
pub const CHANGED: &str = "mailbox.changed";
pub const REMOVED: &str = "mailbox.removed";
