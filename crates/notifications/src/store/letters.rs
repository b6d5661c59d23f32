//! Letters to agents: about what, and how far they have come.

use base::{Result, Time};
use conversations::model::{ConversationId, MessageId};
use journal::Cx;
use people::AgentId;
use serde_json::json;
use store::p;

use crate::model::{Letter, LetterId, Progress};

pub fn insert_letter(cx: &mut Cx, letter: &Letter) -> Result<()> {
    cx.exec(
        "INSERT INTO notifications_letters
             (id, agent_id, conversation_id, reasons, shown, state, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        p![
            letter.id,
            letter.agent_id,
            letter.conversation_id,
            letter.reasons,
            letter.shown,
            letter.state,
            letter.created_at,
            letter.expires_at
        ],
    )
    .map(drop)
}

pub fn find_letter(cx: &mut Cx, id: LetterId) -> Result<Option<Letter>> {
    cx.opt(
        "SELECT id, agent_id, conversation_id, reasons, shown, state, created_at, expires_at
         FROM notifications_letters WHERE id = $1",
        p![id],
    )
}

pub fn set_state(cx: &mut Cx, id: LetterId, state: Progress) -> Result<()> {
    cx.exec("UPDATE notifications_letters SET state = $2 WHERE id = $1", p![id, state]).map(drop)
}

pub fn set_shown(cx: &mut Cx, id: LetterId, shown: &[MessageId]) -> Result<()> {
    cx.exec("UPDATE notifications_letters SET shown = $2 WHERE id = $1", p![id, json!(shown)]).map(drop)
}

pub fn count_since(cx: &mut Cx, agent: AgentId, conversation: ConversationId, since: Time) -> Result<i64> {
    let (count,): (i64,) = cx.one(
        "SELECT count(*) FROM notifications_letters
         WHERE agent_id = $1 AND conversation_id = $2 AND created_at >= $3",
        p![agent, conversation, since],
    )?;
    Ok(count)
}

/// Long after they have expired nobody asks why any more. Answers how many went, `most` at a time.
pub fn delete_expired(cx: &mut Cx, before: Time, most: i64) -> Result<i64> {
    cx.exec(
        "DELETE FROM notifications_letters WHERE id IN
             (SELECT id FROM notifications_letters WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)",
        p![before, most],
    )
    .map(|count| i64::try_from(count).unwrap_or(i64::MAX))
}
