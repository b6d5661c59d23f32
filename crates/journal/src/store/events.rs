//! Events, and the one order that they get.

use ::store::{p, row};
use base::{Result, Time};
use serde_json::Value;

use crate::cx::Cx;
use crate::event::{Event, Note};

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

/// Carries the order over to another engine: SQLite gives it inside the insert, PostgreSQL from a counter.
pub(crate) fn adopt_sequence(tx: &mut ::store::Tx) -> Result<()> {
    tx.exec(
        "UPDATE event_sequence SET last = (SELECT coalesce(max(seq), 0) FROM events) WHERE one = 1",
        p![],
    )?;
    if tx.is_lite() {
        tx.exec(
            "UPDATE events SET seq = fresh.seq FROM
                 (SELECT id, (SELECT coalesce(max(seq), 0) FROM events) + row_number() OVER (ORDER BY id) AS seq
                  FROM events WHERE seq IS NULL) fresh
             WHERE events.id = fresh.id",
            p![],
        )?;
    }
    Ok(())
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
