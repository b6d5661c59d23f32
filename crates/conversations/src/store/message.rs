//! Messages of any channel, and notes.

use std::collections::BTreeSet;

use base::error::{conflict, not_found, unavailable};
use base::{Ask, Page, Result, Time};
use journal::Cx;
use people::Scope;
use serde_json::{Value, json};
use store::{p, row};

use crate::model::{Author, ConversationId, Delivery, Direction, MessageId, MessageKind, SideId};
use crate::store::visible::visible;

/// The mark of what an agent has written away from the desk.
pub const BY_MAIL: &str = "by_mail";

row! {
    #[derive(Clone, Debug)]
    pub struct Message {
        pub id: MessageId,
        pub conversation_id: ConversationId,
        pub version: i64,
        pub kind: MessageKind,
        pub direction: Direction,
        pub channel: String,
        pub author: Author,
        pub author_id: Option<i64>,
        pub author_verified: bool,
        pub html: String,
        pub text: String,
        pub quoted: Option<String>,
        pub recipients: Option<Value>,
        pub mentions: Value,
        pub marks: Value,
        pub repeats: i64,
        pub source_id: Option<String>,
        pub raw_id: Option<i64>,
        pub delivery: Option<Delivery>,
        /// Until when it can be taken back; of one that was put off, until when it rests.
        pub hold_until: Option<Time>,
        pub delivery_error: Option<String>,
        pub attempts: i64,
        pub reverts: Option<Value>,
        pub contact: Option<Value>,
        pub side_id: Option<SideId>,
        pub created_at: Time,
    }
}

impl Message {
    /// An agent has written it away from the desk.
    pub fn is_by_mail(&self) -> bool {
        let marks = self.marks.as_array();
        self.author == Author::Agent && marks.is_some_and(|marks| marks.iter().any(|mark| mark == BY_MAIL))
    }

    /// A message with its words and its author, written now; nothing else is known of it.
    pub fn new(cx: &Cx, conversation_id: ConversationId, author: Author, html: &str, text: &str) -> Message {
        Message {
            id: cx.new_id(),
            conversation_id,
            version: 1,
            kind: MessageKind::Message,
            direction: Direction::Out,
            channel: String::new(),
            author,
            author_id: None,
            author_verified: false,
            html: html.to_owned(),
            text: text.to_owned(),
            quoted: None,
            recipients: None,
            mentions: json!([]),
            marks: json!([]),
            repeats: 0,
            source_id: None,
            raw_id: None,
            delivery: None,
            hold_until: None,
            delivery_error: None,
            attempts: 0,
            reverts: None,
            contact: None,
            side_id: None,
            created_at: cx.now(),
        }
    }
}

pub(crate) const COLUMNS: &str =
    "m.id, m.conversation_id, m.version, m.kind, m.direction, m.channel, m.author, m.author_id,
    m.author_verified, m.html, m.text, m.quoted, m.recipients, m.mentions, m.marks, m.repeats, m.source_id,
    m.raw_id, m.delivery, m.hold_until, m.delivery_error, m.attempts, m.reverts, m.contact,
    m.side_id, m.created_at";

pub fn insert_message(cx: &mut Cx, m: &Message) -> Result<()> {
    cx.exec(
        "INSERT INTO messages (id, conversation_id, version, kind, direction, channel, author, author_id,
             author_verified, html, text, quoted, recipients, mentions, marks, repeats, source_id, raw_id,
             delivery, hold_until, delivery_error, attempts, reverts, contact, side_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
             $21, $22, $23, $24, $25, $26)",
        p![
            m.id,
            m.conversation_id,
            m.version,
            m.kind,
            m.direction,
            m.channel,
            m.author,
            m.author_id,
            m.author_verified,
            m.html,
            m.text,
            m.quoted,
            m.recipients,
            m.mentions,
            m.marks,
            m.repeats,
            m.source_id,
            m.raw_id,
            m.delivery,
            m.hold_until,
            m.delivery_error,
            m.attempts,
            m.reverts,
            m.contact,
            m.side_id,
            m.created_at
        ],
    )
    .map(drop)
}

/// Within the scope, unlocked.
pub fn find_message(cx: &mut Cx, scope: &Scope, id: MessageId) -> Result<Option<Message>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM messages m JOIN conversations c ON c.id = m.conversation_id
         WHERE m.id = $1 AND {} AND {}",
        visible(scope).sql(),
        visible(scope).messages_sql()
    );
    cx.opt(sql, p![id])
}

/// Several at once, in no order.
pub fn list_by_ids(cx: &mut Cx, scope: &Scope, ids: &[MessageId]) -> Result<Vec<Message>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM messages m JOIN conversations c ON c.id = m.conversation_id
         WHERE {} AND {} AND {}",
        cx.among("m.id", 1),
        visible(scope).sql(),
        visible(scope).messages_sql()
    );
    cx.all(sql, p![json!(ids)])
}

/// Locked, for the house itself.
pub fn claim_any(cx: &mut Cx, id: MessageId) -> Result<Message> {
    let sql = format!("SELECT {COLUMNS} FROM messages m WHERE m.id = $1{}", cx.lock_suffix());
    let found: Option<Message> = cx.opt(sql, p![id])?;
    found.ok_or_else(|| not_found("message_not_found"))
}

/// By which channel a message goes out.
pub fn get_channel(cx: &mut Cx, id: MessageId) -> Result<String> {
    let row: Option<(String,)> = cx.opt("SELECT channel FROM messages WHERE id = $1", p![id])?;
    row.map(|(channel,)| channel).ok_or_else(|| not_found("message_not_found"))
}

/// The newest messages first fetched, oldest first shown.
pub fn list_messages(
    cx: &mut Cx,
    scope: &Scope,
    conversation: ConversationId,
    ask: &Ask,
) -> Result<Page<Message>> {
    let list = format!("messages of {conversation}");
    let below: i64 = ask.after(&list)?.unwrap_or(i64::MAX);
    let sql = format!(
        "SELECT {COLUMNS} FROM messages m JOIN conversations c ON c.id = m.conversation_id
         WHERE m.conversation_id = $1 AND m.id < $2 AND (m.delivery IS NULL OR m.delivery <> 'withdrawn')
             AND {} AND {}
         ORDER BY m.id DESC LIMIT $3",
        visible(scope).sql(),
        visible(scope).messages_sql()
    );
    let rows = cx.all(sql, p![conversation, below, ask.fetch()])?;
    let mut page = ask.page(&list, rows, |m: &Message| m.id.0);
    page.items.reverse();
    Ok(page)
}

/// Moves an outgoing message on, from one state to the next; a Conflict when it is elsewhere.
pub fn set_delivery(
    cx: &mut Cx,
    id: MessageId,
    from: Delivery,
    to: Delivery,
    error: Option<&str>,
) -> Result<()> {
    let attempt = i64::from(to == Delivery::Sending);
    let changed = cx.exec(
        "UPDATE messages SET delivery = $3, delivery_error = $4, attempts = attempts + $5, version = version + 1
         WHERE id = $1 AND delivery = $2",
        p![id, from, to, error, attempt],
    )?;
    match changed {
        1 => Ok(()),
        _ => Err(conflict("delivery_moved_on", "This message has moved on meanwhile.")),
    }
}

/// A queued message rests until then.
pub fn set_waiting(cx: &mut Cx, id: MessageId, until: Time) -> Result<()> {
    let sql =
        "UPDATE messages SET hold_until = $2, version = version + 1 WHERE id = $1 AND delivery = 'queued'";
    cx.exec(sql, p![id, until]).map(drop)
}

/// Adds what people should know about a message; once is enough.
pub fn add_mark(cx: &mut Cx, id: MessageId, mark: &str) -> Result<()> {
    let message = claim_any(cx, id)?;
    let mut marks: Vec<String> = serde_json::from_value(message.marks)?;
    if marks.iter().any(|known| known == mark) {
        return Ok(());
    }
    marks.push(mark.to_owned());
    let sql = "UPDATE messages SET marks = $2, version = version + 1 WHERE id = $1";
    cx.exec(sql, p![id, json!(marks)]).map(drop)
}

pub fn add_repeat(cx: &mut Cx, id: MessageId) -> Result<()> {
    cx.exec("UPDATE messages SET repeats = repeats + 1, version = version + 1 WHERE id = $1", p![id])
        .map(drop)
}

/// Remembers an arrival. When a copy was faster meanwhile, the whole transaction has to look again.
pub fn insert_receipt(cx: &mut Cx, receipt: &[u8], message: MessageId) -> Result<()> {
    let inserted = cx.exec(
        "INSERT INTO message_receipts (receipt, message_id) VALUES ($1, $2) ON CONFLICT (receipt) DO NOTHING",
        p![receipt, message],
    )?;
    match inserted {
        1 => Ok(()),
        _ => Err(unavailable("database_contended", "Too many changes at once. Try again.")),
    }
}

/// The message of an arrival that was seen before.
pub fn find_receipt(cx: &mut Cx, receipt: &[u8]) -> Result<Option<MessageId>> {
    let row: Option<(MessageId,)> =
        cx.opt("SELECT message_id FROM message_receipts WHERE receipt = $1", p![receipt])?;
    Ok(row.map(|(id,)| id))
}

/// The message that stands last in a conversation, withdrawn ones left out.
pub fn find_last(cx: &mut Cx, conversation: ConversationId) -> Result<Option<Message>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM messages m WHERE m.conversation_id = $1 AND m.kind = 'message'
             AND (m.delivery IS NULL OR m.delivery <> 'withdrawn') ORDER BY m.id DESC LIMIT 1"
    );
    cx.opt(sql, p![conversation])
}

pub fn find_last_inbound(cx: &mut Cx, conversation: ConversationId) -> Result<Option<Message>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM messages m WHERE m.conversation_id = $1 AND m.kind IN ('message', 'side')
             AND m.direction = 'in' AND (m.delivery IS NULL OR m.delivery <> 'withdrawn')
         ORDER BY m.id DESC LIMIT 1"
    );
    cx.opt(sql, p![conversation])
}

/// The last message of somebody who takes part: a stranger to whom it was forwarded does not count.
pub fn find_last_of_participant(cx: &mut Cx, conversation: ConversationId) -> Result<Option<Message>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM messages m WHERE m.conversation_id = $1 AND m.kind = 'message'
             AND m.direction = 'in' AND CAST(m.marks AS TEXT) NOT LIKE '%not_participant%'
         ORDER BY m.id DESC LIMIT 1"
    );
    cx.opt(sql, p![conversation])
}

/// Those of `ids` that the scope may see, in conversations that it may see.
pub fn list_seen(cx: &mut Cx, scope: &Scope, ids: &[i64]) -> Result<BTreeSet<i64>> {
    let (among, scope) = (cx.among("m.id", 1), visible(scope));
    let sql = format!("SELECT m.id FROM messages m WHERE {among} AND {}", scope.messages_sql());
    let rows: Vec<(i64,)> = cx.all(sql, p![json!(ids)])?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Source ids of the thread for the headers of an answer, oldest first: at most the last thirty.
pub fn list_source_ids(cx: &mut Cx, conversation: ConversationId, before: MessageId) -> Result<Vec<String>> {
    let mut rows: Vec<(String,)> = cx.all(
        "SELECT source_id FROM messages WHERE conversation_id = $1 AND id < $2 AND kind = 'message'
             AND source_id IS NOT NULL AND (delivery IS NULL OR delivery <> 'withdrawn')
         ORDER BY id DESC LIMIT 30",
        p![conversation, before],
    )?;
    rows.reverse();
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Moves the messages after a join, and back when it is undone; what goes on beside goes along.
pub fn move_messages(cx: &mut Cx, ids: &[i64], to: ConversationId) -> Result<()> {
    for id in ids {
        cx.exec("UPDATE messages SET conversation_id = $2, version = version + 1 WHERE id = $1", p![id, to])?;
    }
    let among = cx.among("m.id", 2);
    let sql = format!(
        "UPDATE conversation_sides SET conversation_id = $1 WHERE id IN
             (SELECT m.side_id FROM messages m WHERE m.side_id IS NOT NULL AND {among})"
    );
    cx.exec(sql, p![to, json!(ids)]).map(drop)
}

/// Takes a contact out of the thread that an agent has logged.
pub fn set_unlogged(cx: &mut Cx, id: MessageId) -> Result<()> {
    let changed = cx.exec(
        "UPDATE messages SET delivery = 'withdrawn', version = version + 1
         WHERE id = $1 AND contact IS NOT NULL AND delivery IS NULL",
        p![id],
    )?;
    match changed {
        1 => Ok(()),
        _ => Err(conflict("moved_on", "This contact was taken out already.")),
    }
}

/// Writes a message's text anew, before anybody has seen it.
pub fn set_html(cx: &mut Cx, id: MessageId, html: &str) -> Result<()> {
    cx.exec("UPDATE messages SET html = $2 WHERE id = $1", p![id, html]).map(drop)
}

pub fn list_ids(cx: &mut Cx, conversation: ConversationId, most: i64) -> Result<Vec<i64>> {
    let sql = "SELECT id FROM messages WHERE conversation_id = $1 ORDER BY id LIMIT $2";
    let rows: Vec<(i64,)> = cx.all(sql, p![conversation, most])?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// What the search index keeps of messages.
pub fn list_for_search(cx: &mut Cx, ids: &[i64]) -> Result<Vec<Message>> {
    let sql = format!("SELECT {COLUMNS} FROM messages m WHERE {}", cx.among("m.id", 1));
    cx.all(sql, p![json!(ids)])
}

/// All messages that were not held back, page by page in the order of their ids; for the house itself.
pub fn list_message_ids_after(cx: &mut Cx, after: i64, limit: i64) -> Result<Vec<i64>> {
    let sql = "SELECT id FROM messages WHERE id > $1 AND (delivery IS NULL OR delivery <> 'held')
               ORDER BY id LIMIT $2";
    let rows: Vec<(i64,)> = cx.all(sql, p![after, limit])?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Answers of which nobody knows whether they arrived, counted no further than `most`; for the house itself.
pub fn count_unknown(cx: &mut Cx, most: i64) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM (SELECT id FROM messages WHERE delivery = 'unknown' LIMIT $1) AS counted";
    let (count,): (i64,) = cx.one(sql, p![most])?;
    Ok(count)
}

/// What was on its way when a backup was made, some at a time.
pub fn set_unknown_on_the_way(cx: &mut ::store::Tx, most: i64) -> Result<Vec<(MessageId, ConversationId)>> {
    cx.all(
        "UPDATE messages SET delivery = 'unknown', delivery_error = 'restored', version = version + 1
         WHERE id IN (SELECT id FROM messages WHERE delivery IN ('held', 'queued', 'sending') ORDER BY id LIMIT $1)
         RETURNING id, conversation_id",
        p![most],
    )
}
