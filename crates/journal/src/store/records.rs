//! Undo records, idempotency keys and settings.

use ::store::{p, row};
use base::{Result, Time};
use serde_json::Value;

use crate::cx::{Cx, Key, Step};

row! {
    pub(crate) struct UndoRow {
        pub caller: String, pub caller_id: Option<i64>, pub steps: Value, pub undone_at: Option<Time>,
    }
}

base::id! {
    /// An undo record's id.
    UndoId
}

pub(crate) fn insert_undo(cx: &mut Cx, action: &str, steps: &[Step]) -> Result<i64> {
    let id = cx.new_id::<UndoId>();
    let (caller, now) = (cx.caller().clone(), cx.now());
    let steps = serde_json::to_value(steps)?;
    cx.exec(
        "INSERT INTO undos (id, caller, caller_id, action, steps, made_at) VALUES ($1, $2, $3, $4, $5, $6)",
        p![id, caller.kind(), caller.id(), action, steps, now],
    )?;
    Ok(id.0)
}

pub(crate) fn find_undo(cx: &mut Cx, id: i64) -> Result<Option<UndoRow>> {
    let sql =
        format!("SELECT caller, caller_id, steps, undone_at FROM undos WHERE id = $1{}", cx.lock_suffix());
    cx.opt(sql, p![id])
}

pub(crate) fn set_undone(cx: &mut Cx, id: i64) -> Result<()> {
    let now = cx.now();
    cx.exec("UPDATE undos SET undone_at = $2 WHERE id = $1", p![id, now]).map(drop)
}

pub(crate) fn find_key(cx: &mut Cx, caller: &str, key: &str) -> Result<Option<(Vec<u8>, Value)>> {
    cx.opt("SELECT body_hash, result FROM idempotency_keys WHERE caller = $1 AND key = $2", p![caller, key])
}

pub(crate) fn insert_key(cx: &mut Cx, caller: &str, key: &Key, result: &Value) -> Result<()> {
    let now = cx.now();
    cx.exec(
        "INSERT INTO idempotency_keys (caller, key, body_hash, result, made_at) VALUES ($1, $2, $3, $4, $5)",
        p![caller, key.key, key.body_hash, result, now],
    )
    .map(drop)
}

/// Removes keys older than `before`, a bounded number at a time; answers how many.
pub(crate) fn delete_old_keys(tx: &mut ::store::Tx, before: Time) -> Result<u64> {
    tx.exec(
        "DELETE FROM idempotency_keys WHERE (caller, key) IN
             (SELECT caller, key FROM idempotency_keys WHERE made_at < $1 ORDER BY made_at LIMIT 200)",
        p![before],
    )
}

pub(crate) fn find_setting(cx: &mut Cx, name: &str) -> Result<Option<Value>> {
    let row: Option<(Value,)> = cx.opt("SELECT value FROM settings WHERE name = $1", p![name])?;
    Ok(row.map(|(value,)| value))
}

/// Its version too; 0 where nobody has changed it.
pub(crate) fn find_setting_version(cx: &mut Cx, name: &str) -> Result<i64> {
    let row: Option<(i64,)> = cx.opt("SELECT version FROM settings WHERE name = $1", p![name])?;
    Ok(row.map_or(0, |(version,)| version))
}

pub(crate) fn set_setting(cx: &mut Cx, name: &str, value: &Value) -> Result<()> {
    cx.exec(
        "INSERT INTO settings (name, value, version) VALUES ($1, $2, 1)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value, version = settings.version + 1",
        p![name, value],
    )
    .map(drop)
}
