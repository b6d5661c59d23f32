//! What an agent wrote beside a customer's message that was handed on: an internal note.

use base::Result;
use journal::{Cx, Note};
use serde_json::json;

use crate::channel::Forwarder;
use crate::events;
use crate::model::{Author, ConversationId, Direction, MessageKind};
use crate::store::message::{Message, insert_message};

/// Stands behind the customer's message, which stays in front in lists.
pub(super) fn put_note(cx: &mut Cx, conversation: ConversationId, forwarder: &Forwarder) -> Result<()> {
    if forwarder.text.trim().is_empty() {
        return Ok(());
    }
    let message = Message {
        id: cx.new_id(),
        conversation_id: conversation,
        version: 1,
        kind: MessageKind::Note,
        direction: Direction::Out,
        channel: "note".to_owned(),
        author: Author::Agent,
        author_id: Some(forwarder.agent.0),
        author_verified: true,
        html: forwarder.html.clone(),
        text: forwarder.text.clone(),
        quoted: None,
        recipients: None,
        mentions: json!([]),
        marks: json!([]),
        repeats: 0,
        source_id: None,
        raw_id: None,
        delivery: None,
        hold_until: None,
        delivery_error: None,
        attempts: 0,
        reverts: None,
        contact: None,
        side_id: None,
        created_at: cx.now(),
    };
    insert_message(cx, &message)?;
    let told = Note::new(events::NOTED, "conversation", conversation.0).with("message", message.id);
    cx.record(told.with("mentions", json!([]))).map(drop)
}
