//! All SQL of links to files.

use base::{Result, Time};
use conversations::model::MessageId;
use journal::Cx;
use store::p;

use super::link::{Link, LinkId};

const COLUMNS: &str = "id, message_id, attachment_id, language, expires_at, ended";

pub fn find_link(cx: &mut Cx, id: LinkId) -> Result<Option<Link>> {
    cx.opt(format!("SELECT {COLUMNS} FROM email_links WHERE id = $1"), p![id])
}

pub fn list_links(cx: &mut Cx, message: MessageId) -> Result<Vec<Link>> {
    cx.all(format!("SELECT {COLUMNS} FROM email_links WHERE message_id = $1 ORDER BY id"), p![message])
}

pub fn insert_link(cx: &mut Cx, link: &Link) -> Result<()> {
    cx.exec(
        "INSERT INTO email_links (id, message_id, attachment_id, language, expires_at, ended)
         VALUES ($1, $2, $3, $4, $5, $6)",
        p![link.id, link.message_id, link.attachment_id, link.language, link.expires_at, link.ended],
    )
    .map(drop)
}

/// Lets links of a message that would end before `soon` lead somewhere until `until`.
pub fn set_until(cx: &mut Cx, message: MessageId, soon: Time, until: Time) -> Result<()> {
    cx.exec(
        "UPDATE email_links SET expires_at = $3 WHERE message_id = $1 AND expires_at < $2 AND NOT ended",
        p![message, soon, until],
    )
    .map(drop)
}

pub fn set_ended(cx: &mut Cx, message: MessageId, ended: bool) -> Result<u64> {
    cx.exec("UPDATE email_links SET ended = $2 WHERE message_id = $1 AND ended <> $2", p![message, ended])
}
