//! Rows of mails that were made of chat lines.

use base::{Result, Time};
use conversations::model::ConversationId;
use journal::Cx;
use serde_json::Value;
use store::{p, row};

use crate::model::{MailingId, MailingKind, MailingState, VisitorId};

row! {
    #[derive(Clone, Debug)]
    pub struct Mailing {
        pub id: MailingId,
        pub visitor_id: VisitorId,
        pub conversation_id: ConversationId,
        pub kind: MailingKind,
        pub recipient: String,
        pub message_ids: Value,
        pub state: MailingState,
        pub error: Option<String>,
        /// The id under which it goes out.
        pub source_id: String,
        pub created_at: Time,
    }
}

const MAILING: &str =
    "SELECT id, visitor_id, conversation_id, kind, recipient, message_ids, state, error, source_id,
    created_at FROM chat_mailings";

pub fn insert_mailing(cx: &mut Cx, mailing: &Mailing) -> Result<()> {
    cx.exec(
        "INSERT INTO chat_mailings (id, visitor_id, conversation_id, kind, recipient, message_ids, state, error,
             source_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        p![
            mailing.id,
            mailing.visitor_id,
            mailing.conversation_id,
            mailing.kind,
            mailing.recipient,
            mailing.message_ids,
            mailing.state,
            mailing.error,
            mailing.source_id,
            mailing.created_at
        ],
    )
    .map(drop)
}

pub fn find_mailing_locked(cx: &mut Cx, id: MailingId) -> Result<Option<Mailing>> {
    let sql = format!("{MAILING} WHERE id = $1{}", cx.lock_suffix());
    cx.opt(sql, p![id])
}

pub fn set_mailing(cx: &mut Cx, id: MailingId, state: MailingState, error: Option<&str>) -> Result<()> {
    cx.exec("UPDATE chat_mailings SET state = $2, error = $3 WHERE id = $1", p![id, state, error]).map(drop)
}

/// Newest first.
pub fn list_mailings(cx: &mut Cx, conversation: ConversationId) -> Result<Vec<Mailing>> {
    let sql = format!("{MAILING} WHERE conversation_id = $1 ORDER BY id DESC LIMIT 50");
    cx.all(sql, p![conversation])
}

/// How many transcripts the visitor asked for since, and when the last one was.
pub fn count_transcripts(cx: &mut Cx, visitor: VisitorId, since: Time) -> Result<(i64, Option<Time>)> {
    cx.one(
        "SELECT count(*), max(created_at) FROM chat_mailings
         WHERE visitor_id = $1 AND kind = 'transcript' AND created_at > $2",
        p![visitor, since],
    )
}
