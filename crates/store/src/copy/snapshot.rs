//! One consistent look at a database, for as long as it takes.

use base::{Result, Val};

use super::catalogue::{Cells, Line, Table, quoted};

pub struct Snapshot(Line);

impl Snapshot {
    /// Sees what is committed now, and nothing later. Nobody waits for it; it blocks its own thread.
    pub fn open(url: &str) -> Result<Snapshot> {
        let mut line = Line::open(url, true)?;
        line.batch(match line.is_lite() {
            true => "BEGIN",
            false => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        })?;
        // On both engines the snapshot is taken by the first statement that reads.
        line.migrations()?;
        Ok(Snapshot(line))
    }

    pub(super) fn is_lite(&self) -> bool {
        self.0.is_lite()
    }

    pub(super) fn tables(&mut self) -> Result<Vec<Table>> {
        self.0.tables()
    }

    pub(super) fn has(&mut self, table: &Table) -> Result<bool> {
        self.0.has(table)
    }

    pub(super) fn migrations(&mut self) -> Result<Vec<(String, String, String)>> {
        self.0.migrations()
    }

    /// Where a counter stands that is a row on SQLite and a sequence on PostgreSQL.
    pub(super) fn counter(&mut self, table: &Table) -> Result<i64> {
        let sql = match self.is_lite() {
            true => format!("SELECT last FROM {} WHERE one = 1", table.name),
            false => format!("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {}", table.name),
        };
        Ok(self.0.rows::<(i64,)>(&sql, &[])?.first().map_or(0, |(last,)| *last))
    }

    /// All rows of a table in the order of its key, text by its bytes.
    pub(super) fn pages(&mut self, table: &Table) -> Result<Pages> {
        let list = table.list();
        if self.is_lite() {
            let key = quoted(table.key.iter().map(|column| &column.name));
            let places: Vec<String> = (1..=table.key.len()).map(|n| format!("${n}")).collect();
            let first = format!("SELECT {list} FROM {} ORDER BY {key} LIMIT ", table.name);
            let next = format!(
                "SELECT {list} FROM {} WHERE ({key}) > ({}) ORDER BY {key} LIMIT ",
                table.name,
                places.join(", ")
            );
            let position = |name: &String| table.columns.iter().position(|column| column == name);
            let key = table.key.iter().filter_map(|column| position(&column.name)).collect();
            return Ok(Pages::Keyed { first, next, key, last: None });
        }
        let key: Vec<String> = table
            .key
            .iter()
            .map(|column| match column.is_text {
                true => format!("\"{}\" COLLATE \"C\"", column.name),
                false => format!("\"{}\"", column.name),
            })
            .collect();
        let cursor = format!("copy_{}", table.name);
        self.0.batch(&format!(
            "DECLARE {cursor} NO SCROLL CURSOR FOR SELECT {list} FROM {} ORDER BY {}",
            table.name,
            key.join(", ")
        ))?;
        Ok(Pages::Cursor(cursor))
    }
}

/// Where reading a table stands.
pub(super) enum Pages {
    Keyed { first: String, next: String, key: Vec<usize>, last: Option<Vec<Val<'static>>> },
    Cursor(String),
}

impl Pages {
    /// Nothing when all were read.
    pub fn next(&mut self, from: &mut Snapshot, most: usize) -> Result<Vec<Cells>> {
        match self {
            Pages::Cursor(name) => {
                let page = from.0.rows(&format!("FETCH FORWARD {most} FROM {name}"), &[])?;
                if page.is_empty() {
                    from.0.batch(&format!("CLOSE {name}"))?;
                }
                Ok(page)
            }
            Pages::Keyed { first, next, key, last } => {
                let page: Vec<Cells> = match last {
                    None => from.0.rows(&format!("{first}{most}"), &[])?,
                    Some(last) => from.0.rows(&format!("{next}{most}"), last)?,
                };
                if let Some(row) = page.last() {
                    *last = Some(key.iter().map(|at| row.0[*at].clone()).collect());
                }
                Ok(page)
            }
        }
    }
}
