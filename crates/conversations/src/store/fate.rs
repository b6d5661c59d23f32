//! What became of a message for each of its recipients, as far as reports say.

use base::{Result, Time};
use journal::Cx;
use serde_json::json;
use store::{p, row};

use crate::model::{ConversationId, FateState, MessageId};
use crate::store::message::Message;

/// Recipients of one message that are kept and shown.
const MOST: i64 = 100;

row! {
    #[derive(Clone, Debug)]
    pub struct Fate {
        pub message_id: MessageId,
        pub folded: String,
        pub address: String,
        pub state: FateState,
        pub hard: bool,
        pub cause: String,
        pub status: Option<String>,
        pub words: String,
        pub report_id: MessageId,
        pub at: Time,
    }
}

const COLUMNS: &str = "message_id, folded, address, state, hard, cause, status, words, report_id, at";

/// The newest report counts; that a message was not delivered is not taken back by a word about a delay.
pub fn put_fate(cx: &mut Cx, fate: &Fate) -> Result<()> {
    cx.exec(
        "INSERT INTO message_fates
             (message_id, folded, address, state, hard, cause, status, words, report_id, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (message_id, folded) DO UPDATE SET state = excluded.state, hard = excluded.hard,
             cause = excluded.cause, status = excluded.status, words = excluded.words,
             report_id = excluded.report_id, at = excluded.at
         WHERE message_fates.state <> 'failed' OR excluded.state <> 'delayed'",
        p![
            fate.message_id,
            fate.folded,
            fate.address,
            fate.state,
            fate.hard,
            fate.cause,
            fate.status,
            fate.words,
            fate.report_id,
            fate.at
        ],
    )
    .map(drop)
}

pub fn list_fates(cx: &mut Cx, messages: &[MessageId]) -> Result<Vec<Fate>> {
    let ids: Vec<i64> = messages.iter().map(|id| id.0).collect();
    let sql = format!(
        "SELECT {COLUMNS} FROM message_fates WHERE {} ORDER BY message_id, folded LIMIT $2",
        cx.among("message_id", 1)
    );
    cx.all(sql, p![json!(ids), MOST * i64::try_from(messages.len().max(1)).unwrap_or(1)])
}

/// The newest messages of ours that went out under this id of their channel.
pub fn list_sent(cx: &mut Cx, channel: &str, source_id: &str) -> Result<Vec<Message>> {
    let sql = format!(
        "SELECT {} FROM messages m WHERE m.source_id = $1 AND m.direction = 'out' AND m.channel = $2
         ORDER BY m.id DESC LIMIT 3",
        crate::store::message::COLUMNS
    );
    cx.all(sql, p![source_id, channel])
}

/// The newest messages of ours in a conversation, by a channel.
pub fn list_sent_in(cx: &mut Cx, channel: &str, conversation: ConversationId) -> Result<Vec<Message>> {
    let sql = format!(
        "SELECT {} FROM messages m WHERE m.conversation_id = $1 AND m.direction = 'out' AND m.channel = $2
             AND (m.delivery IS NULL OR m.delivery NOT IN ('held', 'withdrawn'))
         ORDER BY m.id DESC LIMIT 20",
        crate::store::message::COLUMNS
    );
    cx.all(sql, p![conversation, channel])
}
