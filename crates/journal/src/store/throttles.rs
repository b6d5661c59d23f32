//! Rows of buckets.

use ::store::p;
use base::{Result, Time};

/// Whether there was still something in the bucket; if so, it is taken.
pub(crate) fn take(tx: &mut ::store::Tx, key: &str, now: Time, each: i64, room: i64) -> Result<bool> {
    let (first, fullest) = (now.plus_millis(each), now.plus_millis(room));
    let changed = tx.exec(
        "INSERT INTO throttles (key, full_at) VALUES ($1, $2)
         ON CONFLICT (key) DO UPDATE SET full_at =
             CASE WHEN throttles.full_at > $3 THEN throttles.full_at + $4 ELSE $2 END
         WHERE throttles.full_at <= $5",
        p![key, first, now, each, fullest],
    )?;
    Ok(changed == 1)
}

/// Buckets that have recovered say nothing.
pub(crate) fn delete_full(tx: &mut ::store::Tx, now: Time) -> Result<u64> {
    tx.exec(
        "DELETE FROM throttles WHERE key IN
             (SELECT key FROM throttles WHERE full_at < $1 ORDER BY full_at LIMIT 500)",
        p![now],
    )
}
