//! Copying a whole database into another one, of either engine, and comparing the two row by row.
//!
//! Works on connections of its own, outside of the threads of a [`Db`](crate::Db): a snapshot lasts as
//! long as it takes, and the target checks foreign keys by its own order only. One of the two sides is
//! always SQLite, whose catalogue tells what there is.

mod catalogue;
mod compare;
mod filling;
mod snapshot;

use base::Result;
use base::error::{conflict, internal};

pub use catalogue::Table;
pub use snapshot::Snapshot;

use catalogue::PAGE;
use filling::Filling;

/// A table that was copied or compared, for whoever watches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    pub table: String,
    pub rows: u64,
}

/// Never copied: each database keeps its own.
const LEDGER: &str = "migrations";

/// Copies every table but those of `skip` into a database that was just migrated and holds nothing
/// else. What the migrations put there is replaced.
///
/// # Errors
/// Conflict when the two databases were not migrated by the same program.
pub fn copy(
    from: &mut Snapshot,
    to_url: &str,
    skip: &[&str],
    told: &mut dyn FnMut(Done),
) -> Result<Vec<Table>> {
    let mut to = Filling::open(to_url)?;
    same_version(from, &mut to)?;
    let all = match from.is_lite() {
        true => from.tables()?,
        false => to.tables()?,
    };
    let tables: Vec<Table> =
        all.into_iter().filter(|t| t.name != LEDGER && !skip.contains(&t.name.as_str())).collect();
    to.clear(&tables)?;
    for table in &tables {
        let rows = match from.has(table)? && to.has(table)? {
            true => copy_table(from, &mut to, table)?,
            // A counter is a row on SQLite and a sequence on PostgreSQL.
            false => to.set_counter(table, from.counter(table)?)?,
        };
        told(Done { table: table.name.clone(), rows });
    }
    to.finish()?;
    Ok(tables)
}

/// Compares the rows of every table, value by value.
///
/// # Errors
/// Internal, with the table and the row, at the first difference.
pub fn compare(
    one: &mut Snapshot,
    other: &mut Snapshot,
    tables: &[Table],
    told: &mut dyn FnMut(Done),
) -> Result<()> {
    for table in tables {
        if one.has(table)? && other.has(table)? {
            let rows = compare::rows(one, other, table)?;
            told(Done { table: table.name.clone(), rows });
        } else if one.counter(table)? != other.counter(table)? {
            return Err(internal(format!("the counter {} differs after copying", table.name)));
        }
    }
    Ok(())
}

/// Copies an SQLite file that may be in use, whole and consistent, without holding up its writer
/// (sqlite.org/lang_vacuum.html, `VACUUM INTO`).
pub fn duplicate(url: &str, path: &std::path::Path) -> Result<()> {
    let mut line = catalogue::Line::open(url, false)?;
    line.exec("VACUUM INTO $1", &[catalogue::text(&path.to_string_lossy())]).map(drop)?;
    std::fs::File::open(path)?.sync_all()?;
    Ok(())
}

fn copy_table(from: &mut Snapshot, to: &mut Filling, table: &Table) -> Result<u64> {
    let mut rows = 0;
    let mut pages = from.pages(table)?;
    loop {
        let page = pages.next(from, PAGE)?;
        if page.is_empty() {
            break;
        }
        rows += page.len() as u64;
        to.put(table, &page)?;
    }
    to.point(table)?;
    Ok(rows)
}

fn same_version(from: &mut Snapshot, to: &mut Filling) -> Result<()> {
    match from.migrations()? == to.migrations()? {
        true => Ok(()),
        false => {
            Err(conflict("versions_differ", "The two databases were made by different versions of Rapport."))
        }
    }
}

#[cfg(test)]
mod tests;
