//! All SQL of this crate.

use ::store::{p, row};
use base::error::{conflict, not_found};
use base::{Result, Time};
use serde_json::Value;

use crate::cx::Cx;
use crate::event::{Event, Note};
use crate::job::NewJob;
use crate::undo::Step;
use crate::workspace::Key;

// ---- events

pub(crate) fn insert_event(cx: &mut Cx, id: i64, note: &Note) -> Result<()> {
    let caller = cx.caller().clone();
    let changes = serde_json::to_value(&note.changes)?;
    let refs = Value::Object(note.refs.clone());
    let (now, cause, depth) = (cx.now(), cx.cause().map(str::to_owned), cx.depth());
    // On SQLite the single writer gives the order at once; on PostgreSQL `set_sequence` does.
    let sql = (
        "INSERT INTO events (id, seq, name, version, at, caller, caller_id, behalf, cause, depth,
             subject, subject_id, changes, refs)
         SELECT $1, coalesce(max(seq), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 FROM events",
        "INSERT INTO events (id, name, version, at, caller, caller_id, behalf, cause, depth,
             subject, subject_id, changes, refs)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    );
    cx.exec(
        sql,
        p![
            id,
            note.name,
            note.version,
            now,
            caller.kind(),
            caller.id(),
            caller.behalf(),
            cause,
            depth,
            note.subject,
            note.subject_id,
            changes,
            refs
        ],
    )
    .map(drop)
}

/// Gives events that were committed since the last call their place in the one order. Holding the
/// row lock for a moment, any node can do it, so none has to be alive for the others to go on.
pub(crate) fn set_sequence(tx: &mut ::store::Tx) -> Result<bool> {
    if tx.is_lite() {
        return Ok(false);
    }
    if !has_unsequenced(tx)? {
        return Ok(false);
    }
    let (last,): (i64,) = tx.one("SELECT last FROM event_sequence WHERE one = 1 FOR UPDATE", p![])?;
    let placed = tx.exec(
        "UPDATE events SET seq = fresh.seq FROM
             (SELECT id, $1 + row_number() OVER (ORDER BY id) AS seq FROM
                 (SELECT id FROM events WHERE seq IS NULL ORDER BY id LIMIT 1000) batch) fresh
         WHERE events.id = fresh.id",
        p![last],
    )?;
    let last = last + i64::try_from(placed).unwrap_or(i64::MAX);
    tx.exec("UPDATE event_sequence SET last = $1 WHERE one = 1", p![last])?;
    Ok(placed > 0)
}

pub(crate) fn has_unsequenced(tx: &mut ::store::Tx) -> Result<bool> {
    let fresh: Option<(i64,)> = tx.opt("SELECT id FROM events WHERE seq IS NULL LIMIT 1", p![])?;
    Ok(fresh.is_some())
}

row! {
    struct EventRow {
        id: i64, seq: i64, name: String, version: i64, at: Time, caller: String, caller_id: Option<i64>,
        behalf: Option<String>, cause: Option<String>, depth: i64, subject: String, subject_id: i64,
        changes: Value, refs: Value,
    }
}

impl EventRow {
    fn event(self) -> Result<Event> {
        let EventRow { id, seq, name, version, at, caller, caller_id, behalf, cause, depth, .. } = self;
        let changes = serde_json::from_value(self.changes)?;
        let refs = serde_json::from_value(self.refs)?;
        let (subject, subject_id) = (self.subject, self.subject_id);
        Ok(Event {
            id,
            seq,
            name,
            version,
            at,
            caller,
            caller_id,
            behalf,
            cause,
            depth,
            subject,
            subject_id,
            changes,
            refs,
        })
    }
}

/// The next events in the order of `seq`, at most `limit`.
pub(crate) fn list_events(tx: &mut ::store::Tx, after: i64, limit: i64) -> Result<Vec<Event>> {
    let rows: Vec<EventRow> = tx.all(
        "SELECT id, seq, name, version, at, caller, caller_id, behalf, cause, depth, subject, subject_id,
             changes, refs
         FROM events WHERE seq > $1 ORDER BY seq LIMIT $2",
        p![after, limit],
    )?;
    rows.into_iter().map(EventRow::event).collect()
}

/// The history of one subject, newest first, below the event `before`.
pub(crate) fn list_history(
    tx: &mut ::store::Tx,
    subject: &str,
    subject_id: i64,
    before: i64,
    limit: i64,
) -> Result<Vec<Event>> {
    let rows: Vec<EventRow> = tx.all(
        "SELECT id, coalesce(seq, 0), name, version, at, caller, caller_id, behalf, cause, depth, subject,
             subject_id, changes, refs
         FROM events WHERE subject = $1 AND subject_id = $2 AND id < $3 ORDER BY id DESC LIMIT $4",
        p![subject, subject_id, before, limit],
    )?;
    rows.into_iter().map(EventRow::event).collect()
}

pub(crate) fn find_event(tx: &mut ::store::Tx, id: i64) -> Result<Option<Event>> {
    let row: Option<EventRow> = tx.opt(
        "SELECT id, coalesce(seq, 0), name, version, at, caller, caller_id, behalf, cause, depth, subject,
             subject_id, changes, refs FROM events WHERE id = $1",
        p![id],
    )?;
    row.map(EventRow::event).transpose()
}

pub(crate) fn last_seq(tx: &mut ::store::Tx) -> Result<i64> {
    let (last,): (i64,) = tx.one("SELECT coalesce(max(seq), 0) FROM events", p![])?;
    Ok(last)
}

// ---- reactions

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

// ---- jobs

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

pub(crate) fn set_unparked(tx: &mut ::store::Tx, id: i64, now: Time) -> Result<()> {
    let sql = "UPDATE jobs SET parked = FALSE, attempts = 0, run_at = $2 WHERE id = $1 AND parked";
    match tx.exec(sql, p![id, now])? {
        1 => Ok(()),
        _ => Err(not_found("job_not_found")),
    }
}

// ---- undo

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

// ---- idempotency keys

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

// ---- settings

pub(crate) fn find_setting(cx: &mut Cx, name: &str) -> Result<Option<Value>> {
    let row: Option<(Value,)> = cx.opt("SELECT value FROM settings WHERE name = $1", p![name])?;
    Ok(row.map(|(value,)| value))
}

pub(crate) fn set_setting(cx: &mut Cx, name: &str, value: &Value) -> Result<()> {
    cx.exec(
        "INSERT INTO settings (name, value, version) VALUES ($1, $2, 1)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value, version = settings.version + 1",
        p![name, value],
    )
    .map(drop)
}

// ---- nodes

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

/// The database's own time, against which a node's clock is held.
pub(crate) fn database_time(tx: &mut ::store::Tx) -> Result<Option<Time>> {
    if tx.is_lite() {
        return Ok(None);
    }
    let (millis,): (i64,) =
        tx.one("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)", p![])?;
    Ok(Some(Time(millis)))
}
