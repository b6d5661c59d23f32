//! Rows about blobs that no other row names.

use ::store::p;
use base::{Result, Time};
use serde_json::json;

/// That the column `key` is in the list of parameter `$1`.
fn in_list(tx: &::store::Tx) -> &'static str {
    match tx.is_lite() {
        true => "key IN (SELECT value FROM json_each($1))",
        false => "key = ANY (ARRAY(SELECT jsonb_array_elements_text($1)))",
    }
}

pub(crate) fn is_unnamed(tx: &mut ::store::Tx, key: &str) -> Result<bool> {
    let row: Option<(String,)> = tx.opt("SELECT key FROM unnamed_blobs WHERE key = $1", p![key])?;
    Ok(row.is_some())
}

/// Those of these keys that are written down already.
pub(crate) fn list_known(tx: &mut ::store::Tx, keys: &[String]) -> Result<Vec<String>> {
    let sql = format!("SELECT key FROM unnamed_blobs WHERE {}", in_list(tx));
    let rows: Vec<(String,)> = tx.all(sql, p![json!(keys)])?;
    Ok(rows.into_iter().map(|(key,)| key).collect())
}

pub(crate) fn insert_unnamed(tx: &mut ::store::Tx, keys: &[String], now: Time) -> Result<()> {
    let sql = (
        "INSERT INTO unnamed_blobs (key, seen_at) SELECT value, $2 FROM json_each($1) WHERE true
         ON CONFLICT (key) DO NOTHING",
        "INSERT INTO unnamed_blobs (key, seen_at) SELECT value, $2 FROM jsonb_array_elements_text($1) WHERE true
         ON CONFLICT (key) DO NOTHING",
    );
    tx.exec(sql, p![json!(keys), now]).map(drop)
}

/// They have a name after all. One that is being removed stays here until that is done.
pub(crate) fn delete_found(tx: &mut ::store::Tx, keys: &[String]) -> Result<()> {
    let sql = format!("DELETE FROM unnamed_blobs WHERE removing_at IS NULL AND {}", in_list(tx));
    tx.exec(sql, p![json!(keys)]).map(drop)
}

/// Without a name for long enough, and in nobody's hands.
pub(crate) fn list_due(tx: &mut ::store::Tx, before: Time, gone: Time, limit: i64) -> Result<Vec<String>> {
    let sql = format!(
        "SELECT key FROM unnamed_blobs
         WHERE seen_at <= $1 AND (removing_at IS NULL OR removing_at <= $2) ORDER BY seen_at LIMIT $3{}",
        tx.lock_suffix()
    );
    let rows: Vec<(String,)> = tx.all(sql, p![before, gone, limit])?;
    Ok(rows.into_iter().map(|(key,)| key).collect())
}

pub(crate) fn set_removing(tx: &mut ::store::Tx, keys: &[String], now: Time) -> Result<()> {
    let sql = format!("UPDATE unnamed_blobs SET removing_at = $2 WHERE {}", in_list(tx));
    tx.exec(sql, p![json!(keys), now]).map(drop)
}

pub(crate) fn delete_known(tx: &mut ::store::Tx, keys: &[String]) -> Result<()> {
    let sql = format!("DELETE FROM unnamed_blobs WHERE {}", in_list(tx));
    tx.exec(sql, p![json!(keys)]).map(drop)
}

pub(crate) fn is_paused(tx: &mut ::store::Tx, now: Time) -> Result<bool> {
    tx.exec("DELETE FROM blob_pauses WHERE until <= $1", p![now])?;
    let row: Option<(String,)> = tx.opt("SELECT holder FROM blob_pauses LIMIT 1", p![])?;
    Ok(row.is_some())
}

pub(crate) fn set_pause(tx: &mut ::store::Tx, holder: &str, until: Time) -> Result<()> {
    tx.exec(
        "INSERT INTO blob_pauses (holder, until) VALUES ($1, $2)
         ON CONFLICT (holder) DO UPDATE SET until = excluded.until",
        p![holder, until],
    )
    .map(drop)
}

pub(crate) fn delete_pause(tx: &mut ::store::Tx, holder: &str) -> Result<()> {
    tx.exec("DELETE FROM blob_pauses WHERE holder = $1", p![holder]).map(drop)
}

/// The key at which the present round has arrived.
pub(crate) fn reached(tx: &mut ::store::Tx) -> Result<String> {
    let (key,): (String,) = tx.one("SELECT reached FROM blob_rounds WHERE one = 1", p![])?;
    Ok(key)
}

pub(crate) fn set_reached(tx: &mut ::store::Tx, key: &str) -> Result<()> {
    tx.exec("UPDATE blob_rounds SET reached = $1 WHERE one = 1", p![key]).map(drop)
}
