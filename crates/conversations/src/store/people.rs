//! Who takes part in a conversation: participants outside, followers inside.

use base::Result;
use customers::CustomerId;
use journal::Cx;
use people::AgentId;
use store::{p, row};

use crate::model::{ConversationId, ParticipantKind};

/// More participants than this are not kept; the message itself names them all.
const MOST_PARTICIPANTS: i64 = 100;

row! {
    #[derive(Clone, Debug)]
    pub struct Participant { pub customer_id: CustomerId, pub address: String, pub kind: ParticipantKind }
}

pub fn insert_participant(cx: &mut Cx, conversation: ConversationId, one: &Participant) -> Result<()> {
    cx.exec(
        "INSERT INTO conversation_participants (conversation_id, customer_id, address, kind)
         SELECT $1, $2, $3, $4 WHERE
             (SELECT count(*) FROM conversation_participants WHERE conversation_id = $1) < $5
         ON CONFLICT (conversation_id, customer_id) DO NOTHING",
        p![conversation, one.customer_id, one.address, one.kind, MOST_PARTICIPANTS],
    )
    .map(drop)
}

pub fn list_participants(cx: &mut Cx, conversation: ConversationId) -> Result<Vec<Participant>> {
    cx.all(
        "SELECT customer_id, address, kind FROM conversation_participants WHERE conversation_id = $1
         ORDER BY customer_id",
        p![conversation],
    )
}

pub fn is_participant(cx: &mut Cx, conversation: ConversationId, customer: CustomerId) -> Result<bool> {
    let row: Option<(i64,)> = cx.opt(
        "SELECT 1 FROM conversation_participants WHERE conversation_id = $1 AND customer_id = $2",
        p![conversation, customer],
    )?;
    Ok(row.is_some())
}

pub fn list_followers(cx: &mut Cx, conversation: ConversationId) -> Result<Vec<AgentId>> {
    let rows: Vec<(AgentId,)> = cx.all(
        "SELECT agent_id FROM conversation_followers WHERE conversation_id = $1 ORDER BY agent_id",
        p![conversation],
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

pub fn insert_follower(cx: &mut Cx, conversation: ConversationId, agent: AgentId) -> Result<()> {
    cx.exec(
        "INSERT INTO conversation_followers (conversation_id, agent_id) VALUES ($1, $2)
         ON CONFLICT (conversation_id, agent_id) DO NOTHING",
        p![conversation, agent],
    )
    .map(drop)
}

pub fn delete_followers(cx: &mut Cx, conversation: ConversationId) -> Result<()> {
    cx.exec("DELETE FROM conversation_followers WHERE conversation_id = $1", p![conversation]).map(drop)
}
