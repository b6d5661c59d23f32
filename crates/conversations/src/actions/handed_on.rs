//! What an agent wrote beside a customer's message that was handed on: an internal note.

use base::Result;
use journal::Cx;

use super::noted::{Noted, put};
use crate::channel::Forwarder;
use crate::model::ConversationId;

/// Stands behind the customer's message, which stays in front in lists.
pub(super) fn put_note(cx: &mut Cx, conversation: ConversationId, forwarder: &Forwarder) -> Result<()> {
    if forwarder.text.trim().is_empty() {
        return Ok(());
    }
    let noted = Noted {
        agent: Some(forwarder.agent),
        claimed: None,
        html: &forwarder.html,
        text: &forwarder.text,
        marks: &[],
        mentions: &[],
        raw_id: None,
    };
    put(cx, conversation, &noted).map(drop)
}
