//! What an answer changes in its conversation.

use base::Result;
use journal::{Cx, Note};
use serde_json::Value;

use super::begin::put;
use crate::events;
use crate::model::{Author, Reverts, preview};
use crate::store::conversation::{Conversation, save};
use crate::store::message::Message;

/// The conversation as it stands with this answer in it; nothing is stored.
fn show(cx: &Cx, c: &mut Conversation, message: &Message, reverts: &Reverts) {
    if c.status != reverts.status_after {
        c.status = reverts.status_after;
        c.status_at = cx.now();
    }
    c.assignee_id = reverts.assignee_after;
    c.channel = message.channel.clone();
    c.last_author = Author::Agent;
    c.last_message_id = message.id;
    c.last_activity_at = cx.now();
    c.preview = preview(&message.text);
}

/// Stores a conversation that begins with this answer.
pub(super) fn open(cx: &mut Cx, c: &mut Conversation, message: &Message, reverts: &Reverts) -> Result<()> {
    show(cx, c, message, reverts);
    put(cx, c)?;
    cx.record(Note::new(events::HELD, "conversation", c.id.0).with("message", message.id)).map(drop)
}

pub(super) fn touch(cx: &mut Cx, c: &mut Conversation, message: &Message, reverts: &Reverts) -> Result<()> {
    let before = (c.status, c.assignee_id);
    show(cx, c, message, reverts);
    save(cx, c)?;
    let note = Note::new(events::STATUS_CHANGED, "conversation", c.id.0);
    if before.0 != c.status {
        cx.record(note.change("status", before.0, c.status).with("message", message.id))?;
    }
    if before.1 != c.assignee_id {
        let note = Note::new(events::ASSIGNED, "conversation", c.id.0).with("message", message.id);
        cx.record(note.change("assignee_id", Value::Null, c.assignee_id))?;
    }
    cx.record(Note::new(events::HELD, "conversation", c.id.0).with("message", message.id)).map(drop)
}
