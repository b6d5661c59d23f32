//! All SQL of this crate.
//!
//! On SQLite the words stand in an FTS5 table whose content is `search_entries`: nothing is stored
//! twice, and FTS5 itself reads the old text when it takes an entry's words out (`secure-delete`, so
//! that they are gone from the file's index at once). On PostgreSQL the entry holds the `tsvector` in
//! place of the text: an index over an expression needs the text as well, and cuts it into words again
//! for each row that it looks at (70 ms against 1.5 ms for a frequent word among 100,000 entries). There
//! each word carries the chapter of its entry, see [`chapter`](crate::model::chapter).

pub(crate) mod found;
pub(crate) mod reading;
mod ways;

use ::store::{p, row};
use base::{IsId, Result, Time};
use journal::Cx;

use crate::model::chapter::chaptered;

base::id! {
    /// A request to index something.
    WaitingId
}

row! {
    #[derive(Clone, Debug)]
    pub(crate) struct Waiting { pub id: i64, pub kind: String, pub entry: i64 }
}

/// Each request is a row of its own, never joined with an earlier one: a row that somebody is just
/// indexing would swallow a change that is not committed yet.
pub(crate) fn insert_waiting(cx: &mut Cx, kind: &str, entry: i64) -> Result<()> {
    let id = cx.new_id::<WaitingId>().raw();
    cx.exec("INSERT INTO search_waiting (id, kind, entry) VALUES ($1, $2, $3)", p![id, kind, entry]).map(drop)
}

/// The oldest requests.
pub(crate) fn list_waiting(cx: &mut Cx, most: i64) -> Result<Vec<Waiting>> {
    cx.all("SELECT id, kind, entry FROM search_waiting ORDER BY id LIMIT $1", p![most])
}

pub(crate) fn has_waiting(cx: &mut Cx) -> Result<bool> {
    let row: Option<(i64,)> = cx.opt("SELECT id FROM search_waiting LIMIT 1", p![])?;
    Ok(row.is_some())
}

/// Takes requests away that were read before.
pub(crate) fn delete_waiting(cx: &mut Cx, ids: &[i64]) -> Result<()> {
    let ids = serde_json::to_value(ids)?;
    cx.exec(
        (
            "DELETE FROM search_waiting WHERE id IN (SELECT value FROM json_each($1))",
            "DELETE FROM search_waiting
             WHERE id IN (SELECT CAST(value AS BIGINT) FROM jsonb_array_elements_text($1))",
        ),
        p![ids],
    )
    .map(drop)
}

/// Which of these entries wait to be indexed.
pub(crate) fn list_waiting_among(cx: &mut Cx, entries: &[i64]) -> Result<Vec<i64>> {
    let entries = serde_json::to_value(entries)?;
    let found: Vec<(i64,)> = cx.all(
        (
            "SELECT DISTINCT entry FROM search_waiting WHERE entry IN (SELECT value FROM json_each($1))",
            "SELECT DISTINCT entry FROM search_waiting
             WHERE entry IN (SELECT CAST(value AS BIGINT) FROM jsonb_array_elements_text($1))",
        ),
        p![entries],
    )?;
    Ok(found.into_iter().map(|(entry,)| entry).collect())
}

/// What is kept of an entry.
pub(crate) struct Kept {
    pub id: i64,
    pub kind: String,
    pub parent: i64,
    pub at: Time,
    pub folded: String,
}

/// Puts an entry in that isn't there.
pub(crate) fn insert_entry(cx: &mut Cx, kept: &Kept) -> Result<()> {
    let folded = if cx.is_lite() { kept.folded.clone() } else { chaptered(kept.id, &kept.folded) };
    cx.exec(
        (
            "INSERT INTO search_entries (id, kind, parent, at, folded) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, parent = excluded.parent, at = excluded.at,
                 folded = excluded.folded",
            "INSERT INTO search_entries (id, kind, parent, at, folded)
             VALUES ($1, $2, $3, $4, to_tsvector('simple', $5))
             ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, parent = excluded.parent, at = excluded.at,
                 folded = excluded.folded",
        ),
        p![kept.id, kept.kind, kept.parent, kept.at, folded],
    )?;
    if cx.is_lite() {
        cx.exec("INSERT INTO search_words (rowid, folded) VALUES ($1, $2)", p![kept.id, kept.folded])?;
    }
    Ok(())
}

/// Takes an entry out, its words too.
pub(crate) fn delete_entry(cx: &mut Cx, id: i64) -> Result<()> {
    let there: Option<(i64,)> = cx.opt("SELECT id FROM search_entries WHERE id = $1", p![id])?;
    if there.is_none() {
        return Ok(());
    }
    if cx.is_lite() {
        // While the entry still stands: FTS5 reads from it which words to take out.
        cx.exec("DELETE FROM search_words WHERE rowid = $1", p![id])?;
    }
    cx.exec("DELETE FROM search_entries WHERE id = $1", p![id]).map(drop)
}
