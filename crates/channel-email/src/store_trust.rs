//! All SQL of trust: what was seen of each mail, what was learned, who is allowed.

use base::Result;
use journal::Cx;
use serde_json::{Value, json};
use spam::Counts;
use store::{p, row};

use crate::model::RawId;
use crate::trust::allowed::{Allowed, AllowedId};
use crate::trust::lessons::{Lesson, Scan};

row! {
    /// What was seen of a mail.
    #[derive(Clone, Debug)]
    pub struct Seen {
        pub raw_id: RawId,
        pub results: Option<Value>,
        pub points: Option<i64>,
        pub reasons: Option<Value>,
        pub scan: Option<Scan>,
        pub tokens: Option<Vec<u8>>,
        pub learned: Option<Lesson>,
    }
}

const SEEN: &str = "t.raw_id, t.results, t.points, t.reasons, t.scan, t.tokens, t.learned";

/// All mails together have their counts where no token is.
const ALL: i64 = -1;

/// From whom a mail was taken.
pub fn insert_peer(cx: &mut Cx, raw: RawId, ip: &str, helo: &str) -> Result<()> {
    cx.exec("INSERT INTO email_trust (raw_id, ip, helo) VALUES ($1, $2, $3)", p![raw, ip, helo]).map(drop)
}

pub fn find_peer(cx: &mut Cx, raw: RawId) -> Result<Option<(Option<String>, Option<String>)>> {
    cx.opt("SELECT ip, helo FROM email_trust WHERE raw_id = $1", p![raw])
}

/// A mail that is read again is seen anew; what was learned of it stays.
pub fn put_seen(cx: &mut Cx, seen: &Seen) -> Result<()> {
    cx.exec(
        "INSERT INTO email_trust (raw_id, results, points, reasons, scan, tokens) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (raw_id) DO UPDATE SET results = excluded.results, points = excluded.points,
             reasons = excluded.reasons, scan = excluded.scan,
             tokens = CASE WHEN email_trust.learned IS NULL THEN excluded.tokens ELSE email_trust.tokens END",
        p![seen.raw_id, seen.results, seen.points, seen.reasons, seen.scan, seen.tokens],
    )
    .map(drop)
}

pub fn find_seen(cx: &mut Cx, raw: RawId) -> Result<Option<Seen>> {
    cx.opt(format!("SELECT {SEEN} FROM email_trust t WHERE t.raw_id = $1"), p![raw])
}

/// The newest mails of a conversation from outside, for lessons: the caller shows none of it to anybody.
pub fn list_seen_of_conversation(cx: &mut Cx, conversation: i64, most: i64) -> Result<Vec<Seen>> {
    let sql = format!(
        "SELECT {SEEN} FROM messages m JOIN email_trust t ON t.raw_id = m.raw_id
         WHERE m.conversation_id = $1 AND m.direction = 'in' AND m.channel = 'email' ORDER BY m.id DESC LIMIT $2"
    );
    cx.all(sql, p![conversation, most])
}

pub fn set_learned(cx: &mut Cx, raw: RawId, learned: Option<Lesson>) -> Result<()> {
    cx.exec("UPDATE email_trust SET learned = $2 WHERE raw_id = $1", p![raw, learned]).map(drop)
}

/// The mail itself and what was seen of it.
pub fn delete_raw(cx: &mut Cx, raw: RawId) -> Result<()> {
    cx.exec("DELETE FROM email_trust WHERE raw_id = $1", p![raw])?;
    cx.exec("DELETE FROM email_raw WHERE id = $1", p![raw]).map(drop)
}

/// Counts the tokens of a mail once more, or with `-1` once less.
pub fn add_counts(cx: &mut Cx, tokens: &[u32], counts: Counts) -> Result<()> {
    let all: Vec<i64> = tokens.iter().map(|token| i64::from(*token)).chain([ALL]).collect();
    let all = json!(all);
    cx.exec(
        (
            "INSERT INTO email_tokens (token, spam, ham) SELECT value, $2, $3 FROM json_each($1) WHERE TRUE
             ON CONFLICT (token) DO UPDATE SET spam = email_tokens.spam + excluded.spam,
                 ham = email_tokens.ham + excluded.ham",
            "INSERT INTO email_tokens (token, spam, ham)
             SELECT value::bigint, $2, $3 FROM jsonb_array_elements_text($1) AS value ORDER BY 1
             ON CONFLICT (token) DO UPDATE SET spam = email_tokens.spam + excluded.spam,
                 ham = email_tokens.ham + excluded.ham",
        ),
        p![all, counts.spam, counts.ham],
    )?;
    // Only these counts have changed: the others, up to 262,144, are not looked at.
    cx.exec(
        (
            "DELETE FROM email_tokens WHERE token IN (SELECT value FROM json_each($1)) AND spam <= 0 AND ham <= 0",
            "DELETE FROM email_tokens WHERE token = ANY (ARRAY(SELECT jsonb_array_elements_text($1)::bigint))
             AND spam <= 0 AND ham <= 0",
        ),
        p![all],
    )
    .map(drop)
}

/// The counts of all mails, and of those tokens that were learned.
pub fn list_counts(cx: &mut Cx, tokens: &[u32]) -> Result<(Counts, Vec<Counts>)> {
    let of = |(spam, ham): (i64, i64)| Counts { spam, ham };
    let all: Option<(i64, i64)> = cx.opt("SELECT spam, ham FROM email_tokens WHERE token = $1", p![ALL])?;
    let all = all.map(of).unwrap_or_default();
    if spam::probability(all, &[]).is_none() {
        return Ok((all, Vec::new()));
    }
    let rows: Vec<(i64, i64)> = cx.all(
        (
            "SELECT spam, ham FROM email_tokens WHERE token IN (SELECT value FROM json_each($1))",
            "SELECT spam, ham FROM email_tokens
             WHERE token = ANY (ARRAY(SELECT jsonb_array_elements_text($1)::bigint))",
        ),
        p![json!(tokens)],
    )?;
    Ok((all, rows.into_iter().map(of).collect()))
}

const ALLOWED: &str = "id, kind, value, forged_too, allowed_by, created_at";

/// Allows a sender, or changes how far.
pub fn put_allowed(cx: &mut Cx, one: &Allowed, folded: &str) -> Result<Allowed> {
    let sql = format!(
        "INSERT INTO email_allowed (id, kind, value, folded, forged_too, allowed_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (folded) DO UPDATE SET forged_too = excluded.forged_too RETURNING {ALLOWED}"
    );
    let row =
        cx.opt(sql, p![one.id, one.kind, one.value, folded, one.forged_too, one.allowed_by, one.created_at])?;
    row.ok_or_else(|| base::error::internal("a row that was written comes back"))
}

/// Newest first.
pub fn list_allowed(cx: &mut Cx, before: AllowedId, most: i64) -> Result<Vec<Allowed>> {
    let sql = format!("SELECT {ALLOWED} FROM email_allowed WHERE id < $1 ORDER BY id DESC LIMIT $2");
    cx.all(sql, p![before, most])
}

/// Those among the forms of a sender that are allowed.
pub fn list_allowed_among(cx: &mut Cx, forms: &[String]) -> Result<Vec<Allowed>> {
    cx.all(
        (
            "SELECT id, kind, value, forged_too, allowed_by, created_at FROM email_allowed
             WHERE folded IN (SELECT value FROM json_each($1))",
            "SELECT id, kind, value, forged_too, allowed_by, created_at FROM email_allowed
             WHERE folded = ANY (ARRAY(SELECT jsonb_array_elements_text($1)))",
        ),
        p![json!(forms)],
    )
}

pub fn delete_allowed(cx: &mut Cx, id: AllowedId) -> Result<Option<Allowed>> {
    cx.opt(format!("DELETE FROM email_allowed WHERE id = $1 RETURNING {ALLOWED}"), p![id])
}
