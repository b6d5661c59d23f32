//! What each agent has of a conversation: a draft, and how far it was read.

use base::{Result, Time};
use journal::Cx;
use people::AgentId;
use serde_json::{Value, json};
use store::{p, row};

use crate::model::{ConversationId, DraftMode, MessageId};

row! {
    #[derive(Clone, Debug)]
    pub struct Draft { pub mode: DraftMode, pub html: String, pub recipients: Value, pub updated_at: Time }
}

pub fn find_draft(cx: &mut Cx, conversation: ConversationId, agent: AgentId) -> Result<Option<Draft>> {
    cx.opt(
        "SELECT mode, html, recipients, updated_at FROM drafts WHERE conversation_id = $1 AND agent_id = $2",
        p![conversation, agent],
    )
}

pub fn set_draft(cx: &mut Cx, conversation: ConversationId, agent: AgentId, draft: &Draft) -> Result<()> {
    cx.exec(
        "INSERT INTO drafts (conversation_id, agent_id, mode, html, recipients, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (conversation_id, agent_id) DO UPDATE SET mode = excluded.mode, html = excluded.html,
             recipients = excluded.recipients, updated_at = excluded.updated_at",
        p![conversation, agent, draft.mode, draft.html, draft.recipients, draft.updated_at],
    )
    .map(drop)
}

pub fn delete_draft(cx: &mut Cx, conversation: ConversationId, agent: AgentId) -> Result<()> {
    cx.exec("DELETE FROM drafts WHERE conversation_id = $1 AND agent_id = $2", p![conversation, agent])
        .map(drop)
}

/// Whether this message is one of this conversation.
pub fn is_message_of(cx: &mut Cx, message: MessageId, conversation: ConversationId) -> Result<bool> {
    let row: Option<(i64,)> =
        cx.opt("SELECT id FROM messages WHERE id = $1 AND conversation_id = $2", p![message, conversation])?;
    Ok(row.is_some())
}

pub fn set_read(cx: &mut Cx, conversation: ConversationId, agent: AgentId, upto: MessageId) -> Result<()> {
    cx.exec(
        "INSERT INTO conversation_reads (conversation_id, agent_id, message_id) VALUES ($1, $2, $3)
         ON CONFLICT (conversation_id, agent_id) DO UPDATE SET message_id = excluded.message_id",
        p![conversation, agent, upto],
    )
    .map(drop)
}

/// How far each agent has read each of some conversations.
pub fn list_reads(
    cx: &mut Cx,
    conversations: &[ConversationId],
) -> Result<Vec<(ConversationId, AgentId, MessageId)>> {
    let among = cx.among("conversation_id", 1);
    let sql = format!("SELECT conversation_id, agent_id, message_id FROM conversation_reads WHERE {among}");
    cx.all(sql, p![json!(conversations)])
}

/// How far one agent has read each of some conversations.
pub fn list_reads_of(
    cx: &mut Cx,
    agent: AgentId,
    ids: &[ConversationId],
) -> Result<Vec<(ConversationId, MessageId)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let among = cx.among("conversation_id", 2);
    let sql =
        format!("SELECT conversation_id, message_id FROM conversation_reads WHERE agent_id = $1 AND {among}");
    cx.all(sql, p![agent, json!(ids)])
}
