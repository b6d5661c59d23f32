//! How customers are found: by their names, addresses, companies and notes.

use std::collections::BTreeMap;

use base::Result;
use journal::Cx;
use search::{Entry, Source};

use crate::store as rows;

/// The kind of a customer's search entry.
pub const KIND: &str = "customer";

/// The source of their entries.
pub struct Searchable;

impl Source for Searchable {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn load(&self, cx: &mut Cx<'_, '_>, ids: &[i64]) -> Result<Vec<Entry>> {
        let mut others: BTreeMap<i64, Vec<String>> = BTreeMap::new();
        for named in rows::list_other_words(cx, ids)? {
            others.entry(named.customer.0).or_default().push(named.text);
        }
        let customers = rows::list_words(cx, ids)?;
        let entry = |row: rows::WordsRow| {
            let mut lines = others.remove(&row.id.0).unwrap_or_default();
            lines.push(row.note);
            Entry {
                id: row.id.0,
                at: row.created_at,
                title: row.name,
                text: lines.join("\n"),
                parent: row.id.0,
            }
        };
        Ok(customers.into_iter().map(entry).collect())
    }

    fn ids_after(&self, cx: &mut Cx<'_, '_>, after: i64, limit: i64) -> Result<Vec<i64>> {
        rows::list_ids_after(cx, after, limit)
    }
}
