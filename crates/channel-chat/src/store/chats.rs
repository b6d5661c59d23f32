//! Rows of chats, and the state that they are in.

use base::error::not_found;
use base::{Result, Time};
use conversations::model::{ConversationId, MessageId};
use journal::Cx;
use people::{AgentId, TeamId};
use serde_json::{Value, json};
use store::{p, row};

use crate::model::{ChatId, ChatState, EndedBy, VisitorId, WidgetId};

row! {
    #[derive(Clone, Debug)]
    pub struct Chat {
        pub id: ChatId,
        pub conversation_id: ConversationId,
        pub visitor_id: VisitorId,
        pub widget_id: WidgetId,
        pub team_id: Option<TeamId>,
        pub state: ChatState,
        pub taker_id: Option<AgentId>,
        /// Whose desks ring.
        pub offered_to: Value,
        /// Who had it and did not answer.
        pub passed_by: Value,
        /// 1: the team. 2: everybody who may see it.
        pub round: i64,
        /// Grows with each change of hands: what was put down for an earlier turn is void.
        pub turn: i64,
        pub began_at: Time,
        pub waiting_since: Time,
        pub taken_at: Option<Time>,
        pub answered_at: Option<Time>,
        pub ended_at: Option<Time>,
        pub ended_by: Option<EndedBy>,
        pub heard_at: Time,
        /// The last of the visitor's messages that an agent has seen.
        pub seen_id: MessageId,
        pub version: i64,
    }
}

impl Chat {
    pub fn offered(&self) -> Vec<AgentId> {
        serde_json::from_value(self.offered_to.clone()).unwrap_or_default()
    }

    pub fn passed(&self) -> Vec<AgentId> {
        serde_json::from_value(self.passed_by.clone()).unwrap_or_default()
    }

    pub fn is_live(&self) -> bool {
        matches!(self.state, ChatState::Waiting | ChatState::Taken)
    }
}

const CHAT: &str = "SELECT id, conversation_id, visitor_id, widget_id, team_id, state, taker_id, offered_to, passed_by,
    round, turn, began_at, waiting_since, taken_at, answered_at, ended_at, ended_by, heard_at, seen_id, version
    FROM chat_chats";

pub fn insert_chat(cx: &mut Cx, chat: &Chat) -> Result<()> {
    cx.exec(
        "INSERT INTO chat_chats (id, conversation_id, visitor_id, widget_id, team_id, state, taker_id, offered_to,
             passed_by, round, turn, began_at, waiting_since, heard_at, seen_id, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        p![
            chat.id,
            chat.conversation_id,
            chat.visitor_id,
            chat.widget_id,
            chat.team_id,
            chat.state,
            chat.taker_id,
            chat.offered_to,
            chat.passed_by,
            chat.round,
            chat.turn,
            chat.began_at,
            chat.waiting_since,
            chat.heard_at,
            chat.seen_id,
            chat.version
        ],
    )
    .map(drop)
}

/// Writes all that may change; the version grows.
pub fn set_chat(cx: &mut Cx, chat: &mut Chat) -> Result<()> {
    cx.exec(
        "UPDATE chat_chats SET conversation_id = $2, team_id = $3, state = $4, taker_id = $5, offered_to = $6,
             passed_by = $7, round = $8, turn = $9, waiting_since = $10, taken_at = $11, answered_at = $12,
             ended_at = $13, ended_by = $14, heard_at = $15, seen_id = $16, visitor_id = $17,
             version = version + 1 WHERE id = $1",
        p![
            chat.id,
            chat.conversation_id,
            chat.team_id,
            chat.state,
            chat.taker_id,
            chat.offered_to,
            chat.passed_by,
            chat.round,
            chat.turn,
            chat.waiting_since,
            chat.taken_at,
            chat.answered_at,
            chat.ended_at,
            chat.ended_by,
            chat.heard_at,
            chat.seen_id,
            chat.visitor_id
        ],
    )?;
    chat.version += 1;
    Ok(())
}

/// Locked: everybody who changes a chat stands in one line before it.
pub fn get_chat_locked(cx: &mut Cx, id: ChatId) -> Result<Chat> {
    let sql = format!("{CHAT} WHERE id = $1{}", cx.lock_suffix());
    let found: Option<Chat> = cx.opt(sql, p![id])?;
    found.ok_or_else(|| not_found("chat_not_found"))
}

pub fn find_chat(cx: &mut Cx, id: ChatId) -> Result<Option<Chat>> {
    cx.opt(format!("{CHAT} WHERE id = $1"), p![id])
}

/// The newest one of a conversation.
pub fn find_chat_of(cx: &mut Cx, conversation: ConversationId) -> Result<Option<Chat>> {
    let sql = format!("{CHAT} WHERE conversation_id = $1 ORDER BY id DESC LIMIT 1");
    cx.opt(sql, p![conversation])
}

pub fn count_chats_of(cx: &mut Cx, conversation: ConversationId) -> Result<i64> {
    let (n,): (i64,) =
        cx.one("SELECT count(*) FROM chat_chats WHERE conversation_id = $1", p![conversation])?;
    Ok(n)
}

/// The newest one of a visitor.
pub fn find_chat_of_visitor(cx: &mut Cx, visitor: VisitorId) -> Result<Option<Chat>> {
    let sql = format!("{CHAT} WHERE visitor_id = $1 ORDER BY id DESC LIMIT 1");
    cx.opt(sql, p![visitor])
}

/// What waits or is under way, oldest first.
pub fn list_live(cx: &mut Cx) -> Result<Vec<Chat>> {
    let sql = format!("{CHAT} WHERE state IN ('waiting', 'taken') ORDER BY waiting_since, id LIMIT 500");
    cx.all(sql, p![])
}

pub fn list_taken_by(cx: &mut Cx, agent: AgentId) -> Result<Vec<Chat>> {
    let sql = format!("{CHAT} WHERE taker_id = $1 AND state = 'taken' ORDER BY id LIMIT 100");
    cx.all(sql, p![agent])
}

pub fn count_taken_by(cx: &mut Cx, agent: AgentId) -> Result<i64> {
    let sql = "SELECT count(*) FROM chat_chats WHERE taker_id = $1 AND state = 'taken'";
    let (n,): (i64,) = cx.one(sql, p![agent])?;
    Ok(n)
}

/// Chats in which nobody has said anything since, a bounded number at a time.
pub fn list_silent(cx: &mut Cx, before: Time) -> Result<Vec<(ChatId,)>> {
    let sql =
        "SELECT id FROM chat_chats WHERE state <> 'ended' AND heard_at < $1 ORDER BY heard_at LIMIT 100";
    cx.all(sql, p![before])
}

/// How long recent chats of a team waited for their first answer, in milliseconds.
pub fn list_waits(cx: &mut Cx, team: Option<TeamId>, since: Time) -> Result<Vec<(i64,)>> {
    let of = match team {
        Some(_) => "team_id = $1",
        None => "team_id IS NULL AND CAST($1 AS BIGINT) IS NULL",
    };
    let sql = format!(
        "SELECT answered_at - began_at FROM chat_chats WHERE {of} AND answered_at IS NOT NULL AND began_at > $2
         ORDER BY id DESC LIMIT 30"
    );
    cx.all(sql, p![team, since])
}

/// Hands the chats of one visitor to another.
pub fn move_chats(cx: &mut Cx, from: VisitorId, to: VisitorId) -> Result<()> {
    cx.exec(
        "UPDATE chat_chats SET visitor_id = $2, version = version + 1 WHERE visitor_id = $1",
        p![from, to],
    )
    .map(drop)
}

/// Whose desks ring, as it is stored.
pub fn listed(agents: &[AgentId]) -> Value {
    json!(agents)
}
