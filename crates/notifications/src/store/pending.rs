//! What agents are still to be told.

use base::{Result, Time};
use conversations::model::{ConversationId, MessageId};
use journal::Cx;
use people::AgentId;
use store::p;

use crate::model::{Cause, Pending, PendingId};

/// One letter tells of this much at most; what is left stands at the desk.
const MOST: i64 = 20;

pub fn insert_pending(
    cx: &mut Cx,
    (agent, conversation): (AgentId, ConversationId),
    cause: Cause,
    message: Option<MessageId>,
    actor: Option<AgentId>,
    due: Time,
) -> Result<()> {
    let (id, now) = (cx.new_id::<PendingId>(), cx.now());
    cx.exec(
        "INSERT INTO notifications_pending
             (id, agent_id, conversation_id, cause, message_id, actor_id, created_at, due_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        p![id, agent, conversation, cause, message, actor, now, due],
    )
    .map(drop)
}

/// The newest, oldest first.
pub fn list_pending(cx: &mut Cx, agent: AgentId, conversation: ConversationId) -> Result<Vec<Pending>> {
    let mut found: Vec<Pending> = cx.all(
        "SELECT id, cause, message_id, actor_id, created_at FROM notifications_pending
         WHERE agent_id = $1 AND conversation_id = $2 ORDER BY id DESC LIMIT $3",
        p![agent, conversation, MOST],
    )?;
    found.reverse();
    Ok(found)
}

/// Those up to `upto`, which a letter has taken.
pub fn delete_pending(
    cx: &mut Cx,
    agent: AgentId,
    conversation: ConversationId,
    upto: PendingId,
) -> Result<()> {
    cx.exec(
        "DELETE FROM notifications_pending WHERE agent_id = $1 AND conversation_id = $2 AND id <= $3",
        p![agent, conversation, upto],
    )
    .map(drop)
}

/// Those of before `since` go, the others wait until `due`. Answers whether there are any.
pub fn put_off(
    cx: &mut Cx,
    (agent, conversation): (AgentId, ConversationId),
    since: Time,
    due: Time,
) -> Result<bool> {
    cx.exec(
        "DELETE FROM notifications_pending WHERE agent_id = $1 AND conversation_id = $2 AND created_at < $3",
        p![agent, conversation, since],
    )?;
    let left = cx.exec(
        "UPDATE notifications_pending SET due_at = $3 WHERE agent_id = $1 AND conversation_id = $2",
        p![agent, conversation, due],
    )?;
    Ok(left > 0)
}

/// What nobody has looked at though it was due.
pub fn list_forgotten(cx: &mut Cx, before: Time) -> Result<Vec<(AgentId, ConversationId)>> {
    cx.all(
        "SELECT agent_id, conversation_id FROM notifications_pending WHERE due_at < $1
         ORDER BY due_at LIMIT 100",
        p![before],
    )
}
