//! Full text: what can be found by its words, whatever it is.
//!
//! What: entries of any kind, indexed by a job soon after their change, found newest first.
//! Owns: `search_entries`, `search_words` (FTS5 on SQLite), `search_waiting`.
//! Announces: nothing.
//! Hears: nothing; the owners of the rows call [`put_later`] and [`remove`].
//! Offers: [`find`], [`rebuild`]; the socket [`Sources`], into which each crate puts a [`Source`] for its kinds.
//!
//! **Invariant:** only folded words are kept here; what is shown is read from its owner when it is
//! shown.
//! **Invariant:** [`remove`] takes the words out in the caller's transaction.
//! **Invariant:** no text that is looked for is an error, and none is looked for without bounds.

mod find;
mod jobs;
mod model;
mod sockets;
mod store;
mod workers;

use base::Result;
use journal::Cx;
use web::Capability;

pub use find::find;
pub use model::chapter::chaptered;
pub use model::{Entry, Found, Hit, Part, Query};
pub use sockets::{Source, Sources};
pub use workers::words;

/// The tables of this crate.
pub const MIGRATIONS: &[::store::Migration] =
    ::store::migrations!["search"; "0001_search", "0002_by_age", "0003_chapters"];

/// What this crate brings to the house.
pub fn capability() -> Capability {
    Capability::new("search")
        .migrations(MIGRATIONS)
        .worker(workers::worker())
        .worker(workers::rebuilder())
        .sweep(workers::sweep())
}

/// Asks for an entry to be indexed as it is after this transaction; one that is gone by then is taken
/// out. Best called from a reaction: there, concurrent callers don't meet at the one job.
pub fn put_later(cx: &mut Cx<'_, '_>, kind: &'static str, id: i64) -> Result<()> {
    store::insert_waiting(cx, kind, id)?;
    cx.later(&jobs::Index {})
}

/// Asks for everything to be indexed anew, in small steps: after a move to another database, whose index
/// is of another form.
pub fn rebuild(cx: &mut Cx<'_, '_>) -> Result<()> {
    let registry = cx.registry();
    let Some(sources) = registry.socket::<Sources>() else { return Ok(()) };
    for kind in sources.kinds() {
        cx.later(&jobs::Rebuild { kind: kind.to_owned(), after: 0 })?;
    }
    Ok(())
}

/// The tables that [`rebuild`] fills again.
pub const DERIVED: [&str; 2] = ["search_entries", "search_waiting"];

/// Takes an entry out in this transaction: for redaction and erasure. The request that is left behind
/// stops an indexing that has read the old text already.
pub fn remove(cx: &mut Cx<'_, '_>, kind: &'static str, id: i64) -> Result<()> {
    store::delete_entry(cx, id)?;
    put_later(cx, kind, id)
}

#[cfg(test)]
mod tests;
