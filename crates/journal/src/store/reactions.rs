//! How far each reaction has heard, and what it failed at.

use ::store::{p, row};
use base::{Result, Time};

use crate::event::Event;

pub(crate) fn insert_cursor(tx: &mut ::store::Tx, reaction: &str, seq: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO reactions (name, cursor_seq) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
        p![reaction, seq],
    )
    .map(drop)
}

pub(crate) fn find_cursor(tx: &mut ::store::Tx, reaction: &str) -> Result<Option<i64>> {
    let row: Option<(i64,)> = tx.opt("SELECT cursor_seq FROM reactions WHERE name = $1", p![reaction])?;
    Ok(row.map(|(seq,)| seq))
}

/// The cursor with its row locked; `None` when another node is at it.
pub(crate) fn claim_cursor(tx: &mut ::store::Tx, reaction: &str) -> Result<Option<i64>> {
    let sql = (
        "SELECT cursor_seq FROM reactions WHERE name = $1",
        "SELECT cursor_seq FROM reactions WHERE name = $1 FOR UPDATE SKIP LOCKED",
    );
    let row: Option<(i64,)> = tx.opt(sql, p![reaction])?;
    Ok(row.map(|(seq,)| seq))
}

pub(crate) fn set_cursor(tx: &mut ::store::Tx, reaction: &str, seq: i64) -> Result<()> {
    tx.exec("UPDATE reactions SET cursor_seq = $2 WHERE name = $1", p![reaction, seq]).map(drop)
}

/// Whether an earlier event of the same subject still waits after a failure.
pub(crate) fn is_held_back(tx: &mut ::store::Tx, reaction: &str, subject_id: i64) -> Result<bool> {
    let row: Option<(i64,)> = tx.opt(
        "SELECT event_id FROM reaction_failures WHERE reaction = $1 AND subject_id = $2 LIMIT 1",
        p![reaction, subject_id],
    )?;
    Ok(row.is_some())
}

row! {
    pub(crate) struct Failure { pub event_id: i64, pub attempts: i64 }
}

pub(crate) fn insert_failure(
    tx: &mut ::store::Tx,
    reaction: &str,
    event: &Event,
    run_at: Time,
    error: &str,
) -> Result<()> {
    tx.exec(
        "INSERT INTO reaction_failures (reaction, event_id, subject_id, attempts, run_at, parked, error)
         VALUES ($1, $2, $3, 1, $4, FALSE, $5) ON CONFLICT (reaction, event_id) DO NOTHING",
        p![reaction, event.id, event.subject_id, run_at, error],
    )
    .map(drop)
}

/// Failed events whose time has come, oldest first.
pub(crate) fn list_due_failures(tx: &mut ::store::Tx, reaction: &str, now: Time) -> Result<Vec<Failure>> {
    tx.all(
        "SELECT event_id, attempts FROM reaction_failures
         WHERE reaction = $1 AND run_at <= $2 AND NOT parked ORDER BY event_id LIMIT 20",
        p![reaction, now],
    )
}

/// Events that a reaction gave up, counted no further than `most`.
pub(crate) fn count_parked(tx: &mut ::store::Tx, most: i64) -> Result<i64> {
    let sql =
        "SELECT COUNT(*) FROM (SELECT event_id FROM reaction_failures WHERE parked LIMIT $1) AS counted";
    let (count,): (i64,) = tx.one(sql, p![most])?;
    Ok(count)
}

/// When a reaction tries again what it failed at.
pub(crate) fn next_failure(tx: &mut ::store::Tx, reaction: &str) -> Result<Option<Time>> {
    let row: Option<(Time,)> = tx.opt(
        "SELECT run_at FROM reaction_failures WHERE reaction = $1 AND NOT parked ORDER BY run_at LIMIT 1",
        p![reaction],
    )?;
    Ok(row.map(|(at,)| at))
}

pub(crate) fn delete_failure(tx: &mut ::store::Tx, reaction: &str, event_id: i64) -> Result<bool> {
    let sql = "DELETE FROM reaction_failures WHERE reaction = $1 AND event_id = $2";
    Ok(tx.exec(sql, p![reaction, event_id])? == 1)
}

pub(crate) fn set_failure(
    tx: &mut ::store::Tx,
    reaction: &str,
    event_id: i64,
    retry: Option<Time>,
    error: &str,
) -> Result<()> {
    tx.exec(
        "UPDATE reaction_failures SET attempts = attempts + 1, run_at = coalesce($3, run_at), parked = $4,
             error = $5 WHERE reaction = $1 AND event_id = $2",
        p![reaction, event_id, retry, retry.is_none(), error],
    )
    .map(drop)
}
