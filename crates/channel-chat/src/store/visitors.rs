//! Rows of visitors: made with the first message, never before.

use std::collections::BTreeMap;

use base::error::{not_found, unavailable};
use base::{Result, Time};
use conversations::model::{ConversationId, MessageId};
use journal::Cx;
use serde_json::{Value, json};
use store::{p, row};

use crate::model::{Visit, VisitorId, WidgetId};

row! {
    #[derive(Clone, Debug)]
    pub struct Visitor {
        pub id: VisitorId,
        pub widget_id: WidgetId,
        /// By what conversations name the visitor.
        pub address: String,
        /// The key of a customer in the company's own system, proven by a signed token.
        pub subject: Option<String>,
        pub name: String,
        /// Typed by the visitor, or signed.
        pub email: Option<String>,
        /// Whether the address is signed.
        pub proven: bool,
        pub fields: Value,
        pub locale: Option<String>,
        pub browser: String,
        pub trail: Value,
        pub last_line: i64,
        pub read_id: MessageId,
        /// The conversation that the session is in.
        pub conversation_id: Option<ConversationId>,
        /// A hash of the network address that was used last.
        pub network: Vec<u8>,
        pub banned_at: Option<Time>,
        pub merged_into: Option<VisitorId>,
        pub created_at: Time,
        pub seen_at: Time,
    }
}

impl Visitor {
    pub fn fields(&self) -> BTreeMap<String, String> {
        serde_json::from_value(self.fields.clone()).unwrap_or_default()
    }

    pub fn trail(&self) -> Vec<Visit> {
        serde_json::from_value(self.trail.clone()).unwrap_or_default()
    }

    pub fn is_online(&self, now: Time) -> bool {
        self.seen_at.plus_seconds(crate::model::ONLINE_SECONDS) > now
    }
}

const VISITOR: &str = "SELECT id, widget_id, address, subject, name, email, proven, fields, locale, browser, trail,
    last_line, read_id, conversation_id, network, banned_at, merged_into, created_at, seen_at FROM chat_visitors";

/// When a rival was faster, the whole transaction has to look again.
pub fn insert_visitor(cx: &mut Cx, visitor: &Visitor, token_hash: Option<&[u8]>) -> Result<()> {
    let made = cx.exec(
        "INSERT INTO chat_visitors (id, widget_id, address, token_hash, subject, name, email, proven, fields,
             locale, browser, trail, last_line, read_id, conversation_id, network, created_at, seen_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 0, NULL, $13, $14, $14)
         ON CONFLICT (address) DO NOTHING",
        p![
            visitor.id,
            visitor.widget_id,
            visitor.address,
            token_hash,
            visitor.subject,
            visitor.name,
            visitor.email,
            visitor.proven,
            visitor.fields,
            visitor.locale,
            visitor.browser,
            visitor.trail,
            visitor.network,
            visitor.created_at
        ],
    )?;
    match made {
        1 => Ok(()),
        _ => Err(unavailable("database_contended", "Too many changes at once. Try again.")),
    }
}

/// Writes what a message or a form tells anew.
pub fn set_visitor(cx: &mut Cx, visitor: &Visitor) -> Result<()> {
    cx.exec(
        "UPDATE chat_visitors SET name = $2, email = $3, proven = $4, fields = $5, locale = $6, browser = $7,
             trail = $8, conversation_id = $9, network = $10, banned_at = $11, merged_into = $12, seen_at = $13
         WHERE id = $1",
        p![
            visitor.id,
            visitor.name,
            visitor.email,
            visitor.proven,
            visitor.fields,
            visitor.locale,
            visitor.browser,
            visitor.trail,
            visitor.conversation_id,
            visitor.network,
            visitor.banned_at,
            visitor.merged_into,
            visitor.seen_at
        ],
    )
    .map(drop)
}

pub fn find_visitor(cx: &mut Cx, address: &str) -> Result<Option<Visitor>> {
    cx.opt(format!("{VISITOR} WHERE address = $1"), p![address])
}

pub fn find_visitor_locked(cx: &mut Cx, address: &str) -> Result<Option<Visitor>> {
    let sql = format!("{VISITOR} WHERE address = $1{}", cx.lock_suffix());
    cx.opt(sql, p![address])
}

pub fn get_visitor(cx: &mut Cx, id: VisitorId) -> Result<Visitor> {
    let found: Option<Visitor> = cx.opt(format!("{VISITOR} WHERE id = $1"), p![id])?;
    found.ok_or_else(|| not_found("chat_none"))
}

pub fn get_visitor_locked(cx: &mut Cx, id: VisitorId) -> Result<Visitor> {
    let sql = format!("{VISITOR} WHERE id = $1{}", cx.lock_suffix());
    let found: Option<Visitor> = cx.opt(sql, p![id])?;
    found.ok_or_else(|| not_found("chat_none"))
}

/// By what these visitors are named, for the sockets of this process.
pub fn list_addresses(cx: &mut Cx, ids: &[i64]) -> Result<Vec<(String,)>> {
    let among = cx.among("id", 1);
    cx.all(format!("SELECT address FROM chat_visitors WHERE {among}"), p![json!(ids)])
}

/// How far the visitor has read; never back.
pub fn set_read(cx: &mut Cx, id: VisitorId, read: MessageId) -> Result<bool> {
    let sql = "UPDATE chat_visitors SET read_id = $2 WHERE id = $1 AND read_id < $2";
    Ok(cx.exec(sql, p![id, read])? == 1)
}

pub fn set_seen(cx: &mut Cx, id: VisitorId) -> Result<()> {
    let now = cx.now();
    cx.exec("UPDATE chat_visitors SET seen_at = $2 WHERE id = $1", p![id, now]).map(drop)
}

pub fn set_trail(cx: &mut Cx, id: VisitorId, trail: &[Visit]) -> Result<()> {
    cx.exec("UPDATE chat_visitors SET trail = $2 WHERE id = $1", p![id, json!(trail)]).map(drop)
}

/// The number of the next line; the row's lock makes lines dense and in the order of their commits.
pub fn next_line(cx: &mut Cx, id: VisitorId) -> Result<i64> {
    let sql = "UPDATE chat_visitors SET last_line = last_line + 1 WHERE id = $1 RETURNING last_line";
    let (line,): (i64,) = cx.one(sql, p![id])?;
    Ok(line)
}
