//! Whether two tables hold the same rows.

use base::error::internal;
use base::{Result, Val};

use super::catalogue::{Cells, PAGE, Table};
use super::snapshot::Snapshot;

/// Answers how many rows were compared.
pub(super) fn rows(one: &mut Snapshot, other: &mut Snapshot, table: &Table) -> Result<u64> {
    let (mut left, mut right) = (one.pages(table)?, other.pages(table)?);
    let mut compared = 0;
    loop {
        let (mine, theirs) = (left.next(one, PAGE)?, right.next(other, PAGE)?);
        if mine.len() != theirs.len() {
            let (a, b) = (compared + mine.len() as u64, compared + theirs.len() as u64);
            return Err(internal(format!("{}: {a} rows on one side, {b} on the other", table.name)));
        }
        if mine.is_empty() {
            return Ok(compared);
        }
        for (a, b) in mine.iter().zip(&theirs) {
            compared += 1;
            if let Some(at) = first_difference(a, b) {
                let column = table.columns.get(at).map_or("?", String::as_str);
                return Err(internal(format!("{}: row {compared} differs in {column}", table.name)));
            }
        }
    }
}

fn first_difference(a: &Cells, b: &Cells) -> Option<usize> {
    a.0.iter().zip(&b.0).position(|(a, b)| !same(a, b))
}

/// PostgreSQL writes JSON in a form of its own: there the values count, not the spelling.
fn same(a: &Val<'_>, b: &Val<'_>) -> bool {
    match (a, b) {
        (Val::Text(a), Val::Text(b)) if a != b => {
            let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
            read(a).is_some_and(|value| Some(value) == read(b))
        }
        (a, b) => a == b,
    }
}
