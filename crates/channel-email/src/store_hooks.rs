//! SQL of the keys with which mail is handed in over HTTP.

use base::{Result, Time};
use journal::Cx;
use serde::Serialize;
use store::{p, row};
use utoipa::ToSchema;

use crate::model::MailboxId;

/// Keys of one workspace that are shown.
const MOST_HOOKS: i64 = 1_000;

row! {
    /// That a mailbox takes mail over HTTP; its key is shown once and never again.
    #[derive(Clone, Debug, Serialize, ToSchema)]
    #[schema(as = MailHook)]
    pub struct HookShown {
        pub mailbox_id: MailboxId,
        pub created_at: Time,
        pub used_at: Option<Time>,
        /// Only mail that is signed with its key is taken.
        pub signed: bool,
    }
}

row! {
    /// The mailbox in use that a key leads to.
    #[derive(Clone, Debug)]
    pub struct Hook {
        pub mailbox_id: MailboxId,
        pub address: String,
        /// With what its mail is signed, sealed with the key of the house; absent where the path alone is the secret.
        pub signing: Option<Vec<u8>>,
    }
}

/// What stands for itself in lists.
const SHOWN: &str = "mailbox_id, created_at, used_at, signing IS NOT NULL";

/// A new key takes the place of the old one.
pub fn put_hook(cx: &mut Cx, mailbox: MailboxId, key_hash: &[u8], signing: Option<Vec<u8>>) -> Result<()> {
    let now = cx.now();
    cx.exec(
        "INSERT INTO email_hooks (mailbox_id, key_hash, created_at, used_at, signing)
         VALUES ($1, $2, $3, NULL, $4)
         ON CONFLICT (mailbox_id) DO UPDATE SET key_hash = excluded.key_hash,
             created_at = excluded.created_at, used_at = NULL, signing = excluded.signing",
        p![mailbox, key_hash, now, signing],
    )
    .map(drop)
}

pub fn delete_hook(cx: &mut Cx, mailbox: MailboxId) -> Result<bool> {
    cx.exec("DELETE FROM email_hook_used WHERE mailbox_id = $1", p![mailbox])?;
    Ok(cx.exec("DELETE FROM email_hooks WHERE mailbox_id = $1", p![mailbox])? > 0)
}

/// By the hash of its key.
pub fn find_hook(cx: &mut Cx, key_hash: &[u8]) -> Result<Option<Hook>> {
    cx.opt(
        "SELECT m.id, m.address, h.signing FROM email_hooks h JOIN email_mailboxes m ON m.id = h.mailbox_id
         WHERE h.key_hash = $1 AND m.removed_at IS NULL",
        p![key_hash],
    )
}

pub fn set_used(cx: &mut Cx, mailbox: MailboxId) -> Result<()> {
    let now = cx.now();
    cx.exec("UPDATE email_hooks SET used_at = $2 WHERE mailbox_id = $1", p![mailbox, now]).map(drop)
}

/// Whether this very signature has brought a mail already.
pub fn is_used(cx: &mut Cx, mailbox: MailboxId, mark: &[u8]) -> Result<bool> {
    let sql = "SELECT at FROM email_hook_used WHERE mailbox_id = $1 AND mark = $2";
    Ok(cx.opt::<(Time,)>(sql, p![mailbox, mark])?.is_some())
}

/// Remembers a signature for as long as it would be taken; older ones are forgotten.
pub fn put_used(cx: &mut Cx, mailbox: MailboxId, mark: &[u8], keep_from: Time) -> Result<()> {
    let now = cx.now();
    cx.exec("DELETE FROM email_hook_used WHERE mailbox_id = $1 AND at < $2", p![mailbox, keep_from])?;
    cx.exec(
        "INSERT INTO email_hook_used (mailbox_id, mark, at) VALUES ($1, $2, $3)
         ON CONFLICT (mailbox_id, mark) DO NOTHING",
        p![mailbox, mark, now],
    )
    .map(drop)
}

pub fn list_hooks(cx: &mut Cx) -> Result<Vec<HookShown>> {
    let sql = format!("SELECT {SHOWN} FROM email_hooks ORDER BY mailbox_id LIMIT $1");
    cx.all(sql, p![MOST_HOOKS])
}
