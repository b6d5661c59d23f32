//! What is announced. The subject of each is the conversation; `message` names the message.

pub const CREATED: &str = "conversation.created";
pub const ASSIGNED: &str = "conversation.assigned";
pub const STATUS_CHANGED: &str = "conversation.status_changed";
pub const CHANGED: &str = "conversation.changed";
pub const SPAM_CHANGED: &str = "conversation.spam_changed";
pub const DELETED: &str = "conversation.deleted";
pub const RESTORED: &str = "conversation.restored";
pub const JOINED: &str = "conversation.joined";
pub const PARTED: &str = "conversation.parted";

pub const RECEIVED: &str = "message.received";
pub const REPEATED: &str = "message.repeated";
pub const HELD: &str = "message.held";
pub const WITHDRAWN: &str = "message.withdrawn";
/// Only now do clocks, webhooks and customers hear of an answer.
pub const WRITTEN: &str = "message.written";
pub const DELIVERED: &str = "message.delivered";
pub const FAILED: &str = "message.failed";
pub const UNKNOWN: &str = "message.unknown";
pub const NOTED: &str = "note.written";

/// Everything that changes what a desk shows.
pub const ALL: &[&str] = &[
    CREATED,
    ASSIGNED,
    STATUS_CHANGED,
    CHANGED,
    SPAM_CHANGED,
    DELETED,
    RESTORED,
    JOINED,
    PARTED,
    RECEIVED,
    REPEATED,
    HELD,
    WITHDRAWN,
    WRITTEN,
    DELIVERED,
    FAILED,
    UNKNOWN,
    NOTED,
];
