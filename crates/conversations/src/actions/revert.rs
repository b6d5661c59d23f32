//! What a message changed in its conversation is reverted when the message is taken out again.

use base::Result;
use journal::Cx;

use crate::model::{Author, MessageId, Reverts, preview};
use crate::store::conversation::{Conversation, save};
use crate::store::message::{Message, find_last, find_last_inbound};

/// Only what still stands as the send left it.
pub(super) fn revert(cx: &mut Cx, c: &mut Conversation, message: &Message) -> Result<()> {
    let reverts: Option<Reverts> = message.reverts.clone().and_then(|r| serde_json::from_value(r).ok());
    if let Some(reverts) = reverts {
        if c.status == reverts.status_after && c.status != reverts.status {
            c.status = reverts.status;
            c.status_at = cx.now();
        }
        if c.assignee_id == reverts.assignee_after {
            c.assignee_id = reverts.assignee;
        }
    }
    if c.last_message_id == message.id
        && let Some(last) = find_last(cx, c.id)?
    {
        c.last_message_id = last.id;
        c.last_author = last.author;
        c.preview = preview(&last.text);
        c.last_activity_at = last.created_at;
    } else if c.last_message_id == message.id {
        c.preview = String::new();
        c.last_author = Author::System;
    }
    if c.last_inbound_id == message.id {
        c.last_inbound_id = find_last_inbound(cx, c.id)?.map_or(MessageId(0), |last| last.id);
    }
    save(cx, c)
}
