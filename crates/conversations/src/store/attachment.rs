//! Attachments: rows that name blobs; links carry a token of their own, never a content hash.

use base::{Result, Time};
use journal::Cx;
use people::Scope;
use serde_json::json;
use store::{p, row};

use crate::model::{AttachmentId, MessageId};
use crate::store::visible::visible;

row! {
    #[derive(Clone, Debug)]
    pub struct Attachment {
        pub id: AttachmentId,
        pub message_id: Option<MessageId>,
        pub uploader: String,
        pub name: String,
        pub content_type: String,
        pub size: i64,
        pub blob: String,
        pub token: String,
        pub inline: bool,
        pub content_id: Option<String>,
        pub created_at: Time,
    }
}

const COLUMNS: &str = "a.id, a.message_id, a.uploader, a.name, a.type, a.size, a.blob, a.token, a.inline,
    a.content_id, a.created_at";

pub fn insert_attachment(cx: &mut Cx, a: &Attachment) -> Result<()> {
    cx.exec(
        "INSERT INTO attachments (id, message_id, uploader, name, type, size, blob, token, inline, content_id,
             created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        p![
            a.id, a.message_id, a.uploader, a.name, a.content_type, a.size, a.blob, a.token, a.inline,
            a.content_id, a.created_at
        ],
    )
    .map(drop)
}

pub fn list_attachments(cx: &mut Cx, messages: &[MessageId]) -> Result<Vec<Attachment>> {
    if messages.is_empty() {
        return Ok(Vec::new());
    }
    let among = cx.among("a.message_id", 1);
    let sql = format!("SELECT {COLUMNS} FROM attachments a WHERE {among} ORDER BY a.id");
    cx.all(sql, p![json!(messages)])
}

/// Ties uploads of this caller, not used yet, to a message; answers how many there were.
pub fn set_message(cx: &mut Cx, id: AttachmentId, uploader: &str, message: MessageId) -> Result<bool> {
    let changed = cx.exec(
        "UPDATE attachments SET message_id = $3 WHERE id = $1 AND uploader = $2 AND message_id IS NULL",
        p![id, uploader, message],
    )?;
    Ok(changed == 1)
}

/// Makes a file a picture inside of its message's text.
pub fn set_inline(cx: &mut Cx, id: AttachmentId, content_id: &str) -> Result<()> {
    cx.exec("UPDATE attachments SET inline = TRUE, content_id = $2 WHERE id = $1", p![id, content_id])
        .map(drop)
}

/// Gives the files of a withdrawn message back to its author.
pub fn clear_message(cx: &mut Cx, message: MessageId) -> Result<()> {
    cx.exec("UPDATE attachments SET message_id = NULL WHERE message_id = $1", p![message]).map(drop)
}

/// By its token, for a caller who may see the conversation or who uploaded it and has not sent it yet.
pub fn find_attachment(
    cx: &mut Cx,
    scope: &Scope,
    uploader: &str,
    token: &str,
) -> Result<Option<Attachment>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM attachments a
             LEFT JOIN messages m ON m.id = a.message_id LEFT JOIN conversations c ON c.id = m.conversation_id
         WHERE a.token = $1 AND ((c.id IS NOT NULL AND {} AND {}) OR (a.message_id IS NULL AND a.uploader = $2))",
        visible(scope).sql(),
        visible(scope).messages_sql()
    );
    cx.opt(sql, p![token, uploader])
}

/// A file of a message that went out and was not taken away since, for the house itself.
pub fn find_sent(cx: &mut Cx, id: AttachmentId) -> Result<Option<Attachment>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM attachments a
             JOIN messages m ON m.id = a.message_id JOIN conversations c ON c.id = m.conversation_id
         WHERE a.id = $1 AND m.direction = 'out' AND m.delivery <> 'withdrawn' AND c.deleted_at IS NULL"
    );
    cx.opt(sql, p![id])
}

/// Whether a blob of this key is a file: they lie below the first two digits of their hash.
pub fn is_file_key(key: &str) -> bool {
    let digits = key.split('/').next().unwrap_or_default();
    digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Which of these blobs attachments name.
pub fn list_named(cx: &mut Cx, keys: &[String]) -> Result<Vec<String>> {
    let sql = (
        "SELECT DISTINCT blob FROM attachments WHERE blob IN (SELECT value FROM json_each($1))",
        "SELECT DISTINCT blob FROM attachments WHERE blob = ANY (ARRAY(SELECT jsonb_array_elements_text($1)))",
    );
    let rows: Vec<(String,)> = cx.all(sql, p![json!(keys)])?;
    Ok(rows.into_iter().map(|(blob,)| blob).collect())
}

/// Files and bytes that this caller has taken in and not used yet.
pub fn count_waiting(cx: &mut Cx, uploader: &str) -> Result<(i64, i64)> {
    cx.one(
        "SELECT count(*), CAST(coalesce(sum(size), 0) AS BIGINT) FROM attachments
         WHERE uploader = $1 AND message_id IS NULL",
        p![uploader],
    )
}

/// Gives what one has taken in and not used yet to another, who is the same person under a name.
pub fn move_waiting(cx: &mut Cx, from: &str, to: &str) -> Result<()> {
    cx.exec("UPDATE attachments SET uploader = $2 WHERE uploader = $1 AND message_id IS NULL", p![from, to])
        .map(drop)
}

/// Takes an upload of this caller back that was not used yet; answers whether there was one.
pub fn delete_waiting(cx: &mut Cx, id: AttachmentId, uploader: &str) -> Result<bool> {
    let sql = "DELETE FROM attachments WHERE id = $1 AND uploader = $2 AND message_id IS NULL";
    Ok(cx.exec(sql, p![id, uploader])? == 1)
}

/// Uploads that nobody sent, older than `before`.
pub fn delete_unsent(cx: &mut Cx, before: Time) -> Result<u64> {
    cx.exec(
        "DELETE FROM attachments WHERE id IN
             (SELECT id FROM attachments WHERE message_id IS NULL AND created_at < $1 LIMIT 200)",
        p![before],
    )
}
