//! What was held back, for whatever cause: its head alone, the mail itself is kept by its channel.

use base::{Result, Time};
use journal::Cx;
use serde_json::Value;
use store::{p, row};

use crate::channel::HoldCause;

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
        /// Absent in rows from before there were several.
        pub cause: Option<HoldCause>,
        pub reasons: Option<Value>,
    }
}

const COLUMNS: &str =
    "id, channel, account, name, address, subject, raw_id, repeats, arrived_at, released_at, cause,
     reasons";

/// Counts a repeat of what is here already.
pub fn insert_blocked(cx: &mut Cx, one: &Blocked, receipt: &[u8]) -> Result<()> {
    cx.exec(
        "INSERT INTO blocked_messages (id, receipt, channel, account, name, address, subject, raw_id, repeats,
             arrived_at, cause, reasons) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $11)
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
            one.arrived_at,
            one.cause,
            one.reasons
        ],
    )
    .map(drop)
}

/// What waits, newest first; of one cause when it is named.
pub fn list_blocked(
    cx: &mut Cx,
    before: BlockedId,
    cause: Option<HoldCause>,
    most: i64,
) -> Result<Vec<Blocked>> {
    match cause {
        Some(cause) => {
            let sql = format!(
                "SELECT {COLUMNS} FROM blocked_messages WHERE cause = $1 AND id < $2 ORDER BY id DESC LIMIT $3"
            );
            cx.all(sql, p![cause, before, most])
        }
        None => {
            let sql =
                format!("SELECT {COLUMNS} FROM blocked_messages WHERE id < $1 ORDER BY id DESC LIMIT $2");
            cx.all(sql, p![before, most])
        }
    }
}

/// How many wait, counted up to a limit.
pub fn count_waiting(cx: &mut Cx, most: i64) -> Result<i64> {
    let sql =
        "SELECT COUNT(*) FROM (SELECT id FROM blocked_messages WHERE released_at IS NULL LIMIT $1) AS found";
    let row: Option<(i64,)> = cx.opt(sql, p![most])?;
    Ok(row.map_or(0, |(count,)| count))
}

pub fn find_blocked(cx: &mut Cx, id: BlockedId) -> Result<Option<Blocked>> {
    cx.opt(format!("SELECT {COLUMNS} FROM blocked_messages WHERE id = $1"), p![id])
}

/// Those that arrived before a time, oldest first.
pub fn list_expired(cx: &mut Cx, before: Time, most: i64) -> Result<Vec<Blocked>> {
    let sql =
        format!("SELECT {COLUMNS} FROM blocked_messages WHERE arrived_at < $1 ORDER BY arrived_at LIMIT $2");
    cx.all(sql, p![before, most])
}

pub fn delete_blocked(cx: &mut Cx, id: BlockedId) -> Result<()> {
    cx.exec("DELETE FROM blocked_messages WHERE id = $1", p![id]).map(drop)
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
