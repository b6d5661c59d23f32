//! Rows of banned network addresses; what is kept of an address is a hash.

use base::{Result, Time};
use journal::Cx;
use store::p;

use crate::model::VisitorId;

pub fn put_ban(cx: &mut Cx, network: &[u8], visitor: VisitorId, until: Time) -> Result<()> {
    cx.exec(
        "INSERT INTO chat_bans (network, visitor_id, until) VALUES ($1, $2, $3)
         ON CONFLICT (network) DO UPDATE SET visitor_id = excluded.visitor_id, until = excluded.until",
        p![network, visitor, until],
    )
    .map(drop)
}

pub fn is_banned(cx: &mut Cx, network: &[u8]) -> Result<bool> {
    let now = cx.now();
    let row: Option<(i64,)> =
        cx.opt("SELECT visitor_id FROM chat_bans WHERE network = $1 AND until > $2", p![network, now])?;
    Ok(row.is_some())
}

pub fn delete_bans(cx: &mut Cx, visitor: VisitorId) -> Result<()> {
    cx.exec("DELETE FROM chat_bans WHERE visitor_id = $1", p![visitor]).map(drop)
}

pub fn delete_over(cx: &mut Cx) -> Result<u64> {
    let now = cx.now();
    cx.exec("DELETE FROM chat_bans WHERE until < $1", p![now])
}
