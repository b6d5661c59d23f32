//! Which conversation an arriving message belongs to.

use base::{Result, Time};
use customers::CustomerId;
use journal::Cx;
use store::p;

use crate::model::ConversationId;

/// How many referenced ids are looked at: the nearest ones.
const MOST_REFERENCES: usize = 40;

/// The conversation that a referenced message belongs to, if this customer takes part in it: a guessed
/// or copied Message-ID of somebody else's conversation leads nowhere.
pub fn find_by_references(
    cx: &mut Cx,
    references: &[String],
    customer: CustomerId,
) -> Result<Option<ConversationId>> {
    let nearest = references.iter().rev().take(MOST_REFERENCES);
    for source_id in nearest {
        let row: Option<(ConversationId,)> = cx.opt(
            "SELECT c.id FROM messages m JOIN conversations c ON c.id = m.conversation_id
             WHERE m.source_id = $1 AND (c.requester_id = $2 OR EXISTS
                 (SELECT 1 FROM conversation_participants p
                  WHERE p.conversation_id = c.id AND p.customer_id = $2))
             ORDER BY m.id DESC LIMIT 1",
            p![source_id, customer],
        )?;
        if let Some((id,)) = row {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// Whether a message with this id of its channel is here already.
pub fn has_source_id(cx: &mut Cx, source_id: &str) -> Result<bool> {
    let row: Option<(i64,)> =
        cx.opt("SELECT id FROM messages WHERE source_id = $1 LIMIT 1", p![source_id])?;
    Ok(row.is_some())
}

/// The conversation of a number, whoever it belongs to.
pub fn find_number(cx: &mut Cx, number: i64) -> Result<Option<ConversationId>> {
    let row: Option<(ConversationId,)> =
        cx.opt("SELECT id FROM conversations WHERE number = $1", p![number])?;
    Ok(row.map(|(id,)| id))
}

/// What a customer began by a channel and what moved since then, the newest first, with their subjects.
pub fn list_lately(
    cx: &mut Cx,
    requester: CustomerId,
    channel: &str,
    since: Time,
) -> Result<Vec<(ConversationId, String)>> {
    cx.all(
        "SELECT id, subject FROM conversations WHERE requester_id = $1 AND last_activity_at >= $2
             AND channel = $3 AND shelf <> 'bin' AND shelf <> 'spam'
         ORDER BY id DESC LIMIT 30",
        p![requester, since, channel],
    )
}
