//! Jobs: claimed under a fence, finished under the same.

use ::store::{p, row};
use base::error::{conflict, not_found};
use base::{Result, Time};
use serde_json::Value;

use crate::cx::Cx;
use crate::job::NewJob;

pub(crate) fn insert_job(cx: &mut Cx, job: &NewJob) -> Result<()> {
    let id = cx.new_id::<JobId>();
    let (now, cause, depth) = (cx.now(), cx.cause().map(str::to_owned), cx.depth());
    cx.exec(
        "INSERT INTO jobs (id, name, lane, args, key, run_at, attempts, fence, parked, cause, depth, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, 0, 0, FALSE, $7, $8, $9) ON CONFLICT (key) DO NOTHING",
        p![id, job.name, job.lane, job.args, job.key, job.run_at, cause, depth, now],
    )
    .map(drop)
}

base::id! {
    /// A job's id.
    JobId
}

row! {
    pub(crate) struct Claimed {
        pub id: i64, pub name: String, pub args: Value, pub attempts: i64, pub fence: i64,
        pub cause: Option<String>, pub depth: i64,
    }
}

/// Takes jobs whose time has come; until the lease ends, nobody else gets them.
pub(crate) fn claim_jobs(
    tx: &mut ::store::Tx,
    lane: &str,
    now: Time,
    until: Time,
    most: i64,
    holder: &str,
) -> Result<Vec<Claimed>> {
    let sql = (
        "UPDATE jobs SET run_at = $3, attempts = attempts + 1, fence = fence + 1, holder = $5 WHERE id IN
             (SELECT id FROM jobs WHERE lane = $1 AND run_at <= $2 AND NOT parked ORDER BY run_at LIMIT $4)
         RETURNING id, name, args, attempts, fence, cause, depth",
        "UPDATE jobs SET run_at = $3, attempts = attempts + 1, fence = fence + 1, holder = $5 WHERE id IN
             (SELECT id FROM jobs WHERE lane = $1 AND run_at <= $2 AND NOT parked ORDER BY run_at LIMIT $4
              FOR UPDATE SKIP LOCKED)
         RETURNING id, name, args, attempts, fence, cause, depth",
    );
    tx.all(sql, p![lane, now, until, most, holder])
}

/// When the next job of a lane is due.
pub(crate) fn next_due(tx: &mut ::store::Tx, lane: &str) -> Result<Option<Time>> {
    let row: Option<(Time,)> =
        tx.opt("SELECT run_at FROM jobs WHERE lane = $1 AND NOT parked ORDER BY run_at LIMIT 1", p![lane])?;
    Ok(row.map(|(at,)| at))
}

/// When the next job of a lane is due, leaving these names aside.
pub(crate) fn next_due_but(tx: &mut ::store::Tx, lane: &str, but: &Value) -> Result<Option<Time>> {
    let sql = (
        "SELECT run_at FROM jobs WHERE lane = $1 AND NOT parked
             AND name NOT IN (SELECT value FROM json_each($2)) ORDER BY run_at LIMIT 1",
        "SELECT run_at FROM jobs WHERE lane = $1 AND NOT parked
             AND name <> ALL (ARRAY(SELECT jsonb_array_elements_text($2))) ORDER BY run_at LIMIT 1",
    );
    let row: Option<(Time,)> = tx.opt(sql, p![lane, but])?;
    Ok(row.map(|(at,)| at))
}

/// Gives back the jobs of processes that are gone: their node's lease has ended or went to another.
pub(crate) fn free_jobs(tx: &mut ::store::Tx, now: Time, alive_since: Time) -> Result<u64> {
    tx.exec(
        "UPDATE jobs SET run_at = $1, holder = NULL WHERE holder IS NOT NULL AND NOT parked
             AND holder NOT IN (SELECT holder FROM nodes WHERE seen_at > $2)",
        p![now, alive_since],
    )
}

pub(crate) fn has_held_by_others(tx: &mut ::store::Tx, holder: &str) -> Result<bool> {
    let row: Option<(i64,)> =
        tx.opt("SELECT id FROM jobs WHERE holder IS NOT NULL AND holder <> $1 LIMIT 1", p![holder])?;
    Ok(row.is_some())
}

fn held<T>(changed: u64, value: T) -> Result<T> {
    match changed {
        1 => Ok(value),
        _ => Err(conflict("lease_lost", "Another worker has taken this job over.")),
    }
}

pub(crate) fn delete_job(tx: &mut ::store::Tx, id: i64, fence: i64) -> Result<()> {
    held(tx.exec("DELETE FROM jobs WHERE id = $1 AND fence = $2", p![id, fence])?, ())
}

/// Where the job may be gone already: no refusal, which would roll a group of commits back for nothing.
pub(crate) fn delete_if_held(tx: &mut ::store::Tx, id: i64, fence: i64) -> Result<()> {
    tx.exec("DELETE FROM jobs WHERE id = $1 AND fence = $2", p![id, fence]).map(drop)
}

pub(crate) fn set_lease(tx: &mut ::store::Tx, id: i64, fence: i64, until: Time) -> Result<()> {
    held(tx.exec("UPDATE jobs SET run_at = $3 WHERE id = $1 AND fence = $2", p![id, fence, until])?, ())
}

/// The job goes back to wait; a sweep that ended well starts counting anew.
pub(crate) fn set_retry(
    tx: &mut ::store::Tx,
    id: i64,
    fence: i64,
    run_at: Time,
    error: Option<&str>,
) -> Result<()> {
    let sql = "UPDATE jobs SET run_at = $3, error = $4, holder = NULL,
                   attempts = CASE WHEN CAST($4 AS TEXT) IS NULL THEN 0 ELSE attempts END
               WHERE id = $1 AND fence = $2";
    tx.exec(sql, p![id, fence, run_at, error]).map(drop)
}

pub(crate) fn set_parked(tx: &mut ::store::Tx, id: i64, fence: i64, error: &str) -> Result<()> {
    let sql = "UPDATE jobs SET parked = TRUE, error = $3, holder = NULL WHERE id = $1 AND fence = $2";
    tx.exec(sql, p![id, fence, error]).map(drop)
}

row! {
    /// A job that nobody could do, for the administrator's list.
    #[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
    pub struct ParkedJob {
        pub id: i64, pub name: String, pub error: Option<String>, pub attempts: i64, pub created_at: Time,
    }
}

pub(crate) fn list_parked(tx: &mut ::store::Tx, before: i64, limit: i64) -> Result<Vec<ParkedJob>> {
    tx.all(
        "SELECT id, name, error, attempts, created_at FROM jobs WHERE parked AND id < $1
         ORDER BY id DESC LIMIT $2",
        p![before, limit],
    )
}

/// Counts no further than `most`.
pub(crate) fn count_parked(tx: &mut ::store::Tx, most: i64) -> Result<i64> {
    let (count,): (i64,) =
        tx.one("SELECT COUNT(*) FROM (SELECT id FROM jobs WHERE parked LIMIT $1) AS counted", p![most])?;
    Ok(count)
}

/// Its time is now, unless somebody holds it.
pub(crate) fn set_due(tx: &mut ::store::Tx, key: &str, now: Time) -> Result<bool> {
    let sql = "UPDATE jobs SET run_at = CASE WHEN run_at > $2 THEN $2 ELSE run_at END
               WHERE key = $1 AND holder IS NULL AND NOT parked";
    Ok(tx.exec(sql, p![key, now])? > 0)
}

pub(crate) fn set_unparked(tx: &mut ::store::Tx, id: i64, now: Time) -> Result<()> {
    let sql = "UPDATE jobs SET parked = FALSE, attempts = 0, run_at = $2 WHERE id = $1 AND parked";
    match tx.exec(sql, p![id, now])? {
        1 => Ok(()),
        _ => Err(not_found("job_not_found")),
    }
}

pub(crate) fn delete_parked(tx: &mut ::store::Tx, id: i64) -> Result<()> {
    match tx.exec("DELETE FROM jobs WHERE id = $1 AND parked", p![id])? {
        1 => Ok(()),
        _ => Err(not_found("job_not_found")),
    }
}
