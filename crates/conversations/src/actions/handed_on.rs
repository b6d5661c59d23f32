//! What an agent wrote beside a customer's message that was handed on: an internal note.

use base::Result;
use journal::{Cx, Note};
use serde_json::json;

use crate::channel::Forwarder;
use crate::events;
use crate::model::{Author, ConversationId, MessageKind};
use crate::store::message::{Message, insert_message};

/// Stands behind the customer's message, which stays in front in lists.
pub(super) fn put_note(cx: &mut Cx, conversation: ConversationId, forwarder: &Forwarder) -> Result<()> {
    if forwarder.text.trim().is_empty() {
        return Ok(());
    }
    let message = Message {
        kind: MessageKind::Note,
        channel: "note".to_owned(),
        author_id: Some(forwarder.agent.0),
        author_verified: true,
        ..Message::new(cx, conversation, Author::Agent, &forwarder.html, &forwarder.text)
    };
    insert_message(cx, &message)?;
    let told = Note::new(events::NOTED, "conversation", conversation.0).with("message", message.id);
    cx.record(told.with("mentions", json!([]))).map(drop)
}
