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
    }
}

/// A new key takes the place of the old one.
pub fn put_hook(cx: &mut Cx, mailbox: MailboxId, key_hash: &[u8]) -> Result<HookShown> {
    let now = cx.now();
    cx.one(
        "INSERT INTO email_hooks (mailbox_id, key_hash, created_at, used_at) VALUES ($1, $2, $3, NULL)
         ON CONFLICT (mailbox_id) DO UPDATE SET key_hash = excluded.key_hash,
             created_at = excluded.created_at, used_at = NULL
         RETURNING mailbox_id, created_at, used_at",
        p![mailbox, key_hash, now],
    )
}

pub fn delete_hook(cx: &mut Cx, mailbox: MailboxId) -> Result<bool> {
    Ok(cx.exec("DELETE FROM email_hooks WHERE mailbox_id = $1", p![mailbox])? > 0)
}

/// The address of a mailbox in use, by the hash of its key.
pub fn find_hook(cx: &mut Cx, key_hash: &[u8]) -> Result<Option<(MailboxId, String)>> {
    cx.opt(
        "SELECT m.id, m.address FROM email_hooks h JOIN email_mailboxes m ON m.id = h.mailbox_id
         WHERE h.key_hash = $1 AND m.removed_at IS NULL",
        p![key_hash],
    )
}

pub fn set_used(cx: &mut Cx, mailbox: MailboxId) -> Result<()> {
    let now = cx.now();
    cx.exec("UPDATE email_hooks SET used_at = $2 WHERE mailbox_id = $1", p![mailbox, now]).map(drop)
}

pub fn list_hooks(cx: &mut Cx) -> Result<Vec<HookShown>> {
    cx.all(
        "SELECT mailbox_id, created_at, used_at FROM email_hooks ORDER BY mailbox_id LIMIT $1",
        p![MOST_HOOKS],
    )
}
