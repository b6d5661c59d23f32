//! What is announced. The subject of each is the conversation; `message` names the message.

use crate::model::MessageKind;

pub const CREATED: &str = "conversation.created";
pub const ASSIGNED: &str = "conversation.assigned";
pub const STATUS_CHANGED: &str = "conversation.status_changed";
pub const CHANGED: &str = "conversation.changed";
pub const SPAM_CHANGED: &str = "conversation.spam_changed";
pub const DELETED: &str = "conversation.deleted";
pub const RESTORED: &str = "conversation.restored";
pub const JOINED: &str = "conversation.joined";
pub const PARTED: &str = "conversation.parted";

/// Beside `message`: `began` when it is the conversation's first one, `outside`, `quiet` and `automatic` say who waits
/// for nobody.
pub const RECEIVED: &str = "message.received";
/// A message of earlier days was filed: it shows and is found, and nobody is told.
pub const FILED: &str = "message.filed";
pub const REPEATED: &str = "message.repeated";
pub const HELD: &str = "message.held";
pub const WITHDRAWN: &str = "message.withdrawn";
/// Only now do clocks, webhooks and customers hear of an answer.
pub const WRITTEN: &str = "message.written";
pub const DELIVERED: &str = "message.delivered";
pub const FAILED: &str = "message.failed";
/// Nothing has arrived, and it is tried again later.
pub const PUT_OFF: &str = "message.put_off";
/// Somebody wants what was put off to be tried at once.
pub const HURRIED: &str = "message.hurried";
pub const UNKNOWN: &str = "message.unknown";
/// It was said by itself that a first message has arrived.
pub const ACKNOWLEDGED: &str = "message.acknowledged";
/// A machine has reported what became of a message; `report` names the report.
pub const REPORTED: &str = "message.reported";
pub const NOTED: &str = "note.written";
/// A contact by telephone, at the counter or by letter was written down.
pub const LOGGED: &str = "message.logged";

/// Side messages have names of their own: no clock, no customer and no webhook takes one for an answer.
pub const SIDE_HELD: &str = "side.held";
pub const SIDE_WITHDRAWN: &str = "side.withdrawn";
pub const SIDE_WRITTEN: &str = "side.written";
pub const SIDE_RECEIVED: &str = "side.received";

/// How it is told that an outgoing message was let go.
pub fn written(kind: MessageKind) -> &'static str {
    if kind == MessageKind::Side { SIDE_WRITTEN } else { WRITTEN }
}

/// How it is told that an outgoing message was taken back.
pub fn withdrawn(kind: MessageKind) -> &'static str {
    if kind == MessageKind::Side { SIDE_WITHDRAWN } else { WITHDRAWN }
}

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
    FILED,
    REPEATED,
    HELD,
    WITHDRAWN,
    WRITTEN,
    DELIVERED,
    FAILED,
    PUT_OFF,
    HURRIED,
    UNKNOWN,
    REPORTED,
    ACKNOWLEDGED,
    NOTED,
    LOGGED,
    SIDE_HELD,
    SIDE_WITHDRAWN,
    SIDE_WRITTEN,
    SIDE_RECEIVED,
];
