//! Which process holds which node number.

use ::store::{p, row};
use base::{Result, Time};

row! {
    pub(crate) struct Node { pub node: i64, pub holder: String, pub high_id: i64, pub seen_at: Time }
}

pub(crate) fn list_nodes(tx: &mut ::store::Tx) -> Result<Vec<Node>> {
    let sql = format!("SELECT node, holder, high_id, seen_at FROM nodes ORDER BY node{}", tx.lock_suffix());
    tx.all(sql, p![])
}

pub(crate) fn insert_node(tx: &mut ::store::Tx, node: i64, holder: &str, now: Time) -> Result<()> {
    tx.exec(
        "INSERT INTO nodes (node, holder, high_id, seen_at) VALUES ($1, $2, 0, $3)",
        p![node, holder, now],
    )
    .map(drop)
}

/// Keeps the lease of a node number; `false` when somebody else holds it by now.
pub(crate) fn set_node(
    tx: &mut ::store::Tx,
    node: i64,
    old_holder: &str,
    holder: &str,
    high_id: i64,
    now: Time,
) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE nodes SET holder = $3, high_id = CASE WHEN high_id > $4 THEN high_id ELSE $4 END,
             seen_at = $5 WHERE node = $1 AND holder = $2",
        p![node, old_holder, holder, high_id, now],
    )?;
    Ok(changed == 1)
}

/// The holder is gone, and has made no id above `high_id`.
pub(crate) fn set_ended(tx: &mut ::store::Tx, node: i64, holder: &str, high_id: i64) -> Result<()> {
    tx.exec(
        "UPDATE nodes SET high_id = $3, seen_at = 0 WHERE node = $1 AND holder = $2",
        p![node, holder, high_id],
    )
    .map(drop)
}

/// Nodes that fell silent without a goodbye between two times.
pub(crate) fn count_silent(tx: &mut ::store::Tx, after: Time, before: Time) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM nodes WHERE seen_at > $1 AND seen_at < $2";
    let (count,): (i64,) = tx.one(sql, p![after, before])?;
    Ok(count)
}

/// The database's own time, against which a node's clock is held.
pub(crate) fn database_time(tx: &mut ::store::Tx) -> Result<Option<Time>> {
    if tx.is_lite() {
        return Ok(None);
    }
    let (millis,): (i64,) =
        tx.one("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)", p![])?;
    Ok(Some(Time(millis)))
}
