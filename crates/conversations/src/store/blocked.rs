//! What came from senders who are shut out: its head alone, the mail itself is kept by its channel.

use base::{Result, Time};
use journal::Cx;
use store::{p, row};

base::id! {
    /// The id of something that was held back.
    BlockedId
}

row! {
    #[derive(Clone, Debug)]
    pub struct Blocked {
        pub id: BlockedId,
        pub channel: String,
        pub account: String,
        pub name: String,
        pub address: String,
        pub subject: String,
        pub raw_id: Option<i64>,
        pub repeats: i64,
        pub arrived_at: Time,
        pub released_at: Option<Time>,
    }
}

const COLUMNS: &str =
    "id, channel, account, name, address, subject, raw_id, repeats, arrived_at, released_at";

/// Counts a repeat of what is here already.
pub fn insert_blocked(cx: &mut Cx, one: &Blocked, receipt: &[u8]) -> Result<()> {
    cx.exec(
        "INSERT INTO blocked_messages (id, receipt, channel, account, name, address, subject, raw_id, repeats,
             arrived_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9)
         ON CONFLICT (receipt) DO UPDATE SET repeats = blocked_messages.repeats + 1",
        p![
            one.id,
            receipt,
            one.channel,
            one.account,
            one.name,
            one.address,
            one.subject,
            one.raw_id,
            one.arrived_at
        ],
    )
    .map(drop)
}

/// Newest first.
pub fn list_blocked(cx: &mut Cx, before: BlockedId, most: i64) -> Result<Vec<Blocked>> {
    let sql = format!("SELECT {COLUMNS} FROM blocked_messages WHERE id < $1 ORDER BY id DESC LIMIT $2");
    cx.all(sql, p![before, most])
}

/// Locked, so that it is let in once.
pub fn claim_blocked(cx: &mut Cx, id: BlockedId) -> Result<Option<Blocked>> {
    let sql = format!("SELECT {COLUMNS} FROM blocked_messages WHERE id = $1{}", cx.lock_suffix());
    cx.opt(sql, p![id])
}

pub fn set_released(cx: &mut Cx, id: BlockedId) -> Result<()> {
    let now = cx.now();
    cx.exec("UPDATE blocked_messages SET released_at = $2 WHERE id = $1", p![id, now]).map(drop)
}
