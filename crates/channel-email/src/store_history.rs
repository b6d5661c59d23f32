//! SQL of mail of earlier days: it waits in a queue of its own, in the order in which it was written.

use base::{Result, Time};
use journal::Cx;
use store::{p, row};

use crate::model::{MailboxId, RawId};

base::id! {
    /// A place in the queue.
    QueuedId
}

row! {
    /// A mail of earlier days that is to be filed.
    #[derive(Clone, Debug)]
    pub struct Queued {
        pub id: QueuedId,
        pub mailbox_id: MailboxId,
        pub raw_id: RawId,
        pub written_at: Time,
        pub sent: bool,
        pub too_large: bool,
    }
}

pub fn insert_queued(cx: &mut Cx, q: &Queued) -> Result<()> {
    cx.exec(
        "INSERT INTO email_history (id, mailbox_id, raw_id, written_at, sent, too_large)
         VALUES ($1, $2, $3, $4, $5, $6)",
        p![q.id, q.mailbox_id, q.raw_id, q.written_at, q.sent, q.too_large],
    )
    .map(drop)
}

/// Oldest first.
pub fn list_queued(cx: &mut Cx, mailbox: MailboxId, limit: i64) -> Result<Vec<Queued>> {
    cx.all(
        "SELECT id, mailbox_id, raw_id, written_at, sent, too_large FROM email_history
         WHERE mailbox_id = $1 ORDER BY written_at, id LIMIT $2",
        p![mailbox, limit],
    )
}

pub fn delete_queued(cx: &mut Cx, id: QueuedId) -> Result<()> {
    cx.exec("DELETE FROM email_history WHERE id = $1", p![id]).map(drop)
}

pub fn count_queued(cx: &mut Cx, mailbox: MailboxId) -> Result<i64> {
    let (count,): (i64,) = cx.one("SELECT COUNT(*) FROM email_history WHERE mailbox_id = $1", p![mailbox])?;
    Ok(count)
}

/// Remembers that a mail of an archive is here. `false` when it was here before.
pub fn insert_imported(cx: &mut Cx, mailbox: MailboxId, mark: &[u8]) -> Result<bool> {
    let sql = "INSERT INTO email_imported (mailbox_id, mark) VALUES ($1, $2) ON CONFLICT (mailbox_id, mark) DO NOTHING";
    Ok(cx.exec(sql, p![mailbox, mark])? == 1)
}
