//! All SQL of mail.

use base::{Result, Time};
use journal::Cx;
use people::BrandId;
use serde_json::Value;
use store::{p, row};

use crate::model::{Mailbox, MailboxId, Raw, RawHead, RawId};

/// Mailboxes of one workspace that are shown and compared.
const MOST_MAILBOXES: i64 = 1_000;

/// A mailbox that is in use.
pub fn find_mailbox(cx: &mut Cx, folded: &str) -> Result<Option<Mailbox>> {
    cx.opt(
        "SELECT id, address, name, brand_id, team_id, version, created_at FROM email_mailboxes
         WHERE address_folded = $1 AND removed_at IS NULL",
        p![folded],
    )
}

pub fn find_mailbox_by_id(cx: &mut Cx, id: MailboxId) -> Result<Option<Mailbox>> {
    cx.opt(
        "SELECT id, address, name, brand_id, team_id, version, created_at FROM email_mailboxes
         WHERE id = $1 AND removed_at IS NULL",
        p![id],
    )
}

/// The oldest mailbox of a brand.
pub fn find_mailbox_of_brand(cx: &mut Cx, brand: BrandId) -> Result<Option<Mailbox>> {
    cx.opt(
        "SELECT id, address, name, brand_id, team_id, version, created_at FROM email_mailboxes
         WHERE brand_id = $1 AND removed_at IS NULL ORDER BY id LIMIT 1",
        p![brand],
    )
}

pub fn list_mailboxes(cx: &mut Cx) -> Result<Vec<Mailbox>> {
    cx.all(
        "SELECT id, address, name, brand_id, team_id, version, created_at FROM email_mailboxes
         WHERE removed_at IS NULL ORDER BY id LIMIT $1",
        p![MOST_MAILBOXES],
    )
}

/// Puts a mailbox into use; one that was removed comes back under its old id. `None` when it is in use.
pub fn insert_mailbox(cx: &mut Cx, mailbox: &Mailbox) -> Result<Option<Mailbox>> {
    let folded = base::text::fold(&mailbox.address);
    cx.opt(
        "INSERT INTO email_mailboxes
             (id, address, address_folded, name, brand_id, team_id, version, created_at, removed_at)
         VALUES ($1, $2, $3, $4, $5, $6, 1, $7, NULL)
         ON CONFLICT (address_folded) DO UPDATE SET address = excluded.address, name = excluded.name,
             brand_id = excluded.brand_id, team_id = excluded.team_id, removed_at = NULL,
             version = email_mailboxes.version + 1
         WHERE email_mailboxes.removed_at IS NOT NULL
         RETURNING id, address, name, brand_id, team_id, version, created_at",
        p![
            mailbox.id,
            mailbox.address,
            folded,
            mailbox.name,
            mailbox.brand_id,
            mailbox.team_id,
            mailbox.created_at
        ],
    )
}

pub fn set_mailbox(cx: &mut Cx, mailbox: &Mailbox) -> Result<()> {
    cx.exec(
        "UPDATE email_mailboxes SET name = $2, brand_id = $3, team_id = $4, version = version + 1 WHERE id = $1",
        p![mailbox.id, mailbox.name, mailbox.brand_id, mailbox.team_id],
    )
    .map(drop)
}

pub fn set_removed(cx: &mut Cx, id: MailboxId) -> Result<()> {
    let now = cx.now();
    let sql = "UPDATE email_mailboxes SET removed_at = $2, version = version + 1 WHERE id = $1";
    cx.exec(sql, p![id, now]).map(drop)
}

pub fn insert_raw(cx: &mut Cx, raw: &Raw) -> Result<()> {
    cx.exec(
        "INSERT INTO email_raw (id, sender, recipients, size, content, blob, received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        p![raw.id, raw.sender, raw.recipients, raw.size, raw.content, raw.blob, raw.received_at],
    )
    .map(drop)
}

/// Which of these blobs stored mails name.
pub fn list_named(cx: &mut Cx, keys: &[String]) -> Result<Vec<String>> {
    let sql = (
        "SELECT DISTINCT blob FROM email_raw WHERE blob IN (SELECT value FROM json_each($1))",
        "SELECT DISTINCT blob FROM email_raw WHERE blob = ANY (ARRAY(SELECT jsonb_array_elements_text($1)))",
    );
    let rows: Vec<(String,)> = cx.all(sql, p![serde_json::json!(keys)])?;
    Ok(rows.into_iter().map(|(blob,)| blob).collect())
}

pub fn find_raw(cx: &mut Cx, id: RawId) -> Result<Option<Raw>> {
    cx.opt(
        "SELECT id, sender, recipients, size, content, blob, received_at FROM email_raw WHERE id = $1",
        p![id],
    )
}

pub fn find_raw_head(cx: &mut Cx, id: RawId) -> Result<Option<RawHead>> {
    cx.opt("SELECT id, sender, recipients, size, received_at FROM email_raw WHERE id = $1", p![id])
}

row! {
    /// A job that nobody could do, as it stands in the journal.
    pub struct ParkedRow {
        pub id: i64, pub name: String, pub args: Value, pub error: Option<String>, pub attempts: i64,
        pub created_at: Time,
    }
}

/// Newest first.
pub fn list_parked(cx: &mut Cx, before: i64, limit: i64) -> Result<Vec<ParkedRow>> {
    cx.all(
        "SELECT id, name, args, error, attempts, created_at FROM jobs WHERE parked AND id < $1
         ORDER BY id DESC LIMIT $2",
        p![before, limit],
    )
}
