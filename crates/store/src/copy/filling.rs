//! The database that is filled.

use base::{Result, Val};

use super::catalogue::{Cells, Line, Table};

pub(super) struct Filling {
    line: Line,
    waiting: usize,
    /// Columns that point into their own table, with the key of their row, until all rows are there.
    pointing: Vec<Vec<Val<'static>>>,
}

/// Rows between two commits.
const COMMIT_EVERY: usize = 20_000;

impl Filling {
    pub fn open(url: &str) -> Result<Filling> {
        let mut line = Line::open(url, false)?;
        if line.is_lite() {
            line.batch("PRAGMA foreign_keys = OFF")?;
        }
        line.batch("BEGIN")?;
        Ok(Filling { line, waiting: 0, pointing: Vec::new() })
    }

    pub fn tables(&mut self) -> Result<Vec<Table>> {
        self.line.tables()
    }

    pub fn has(&mut self, table: &Table) -> Result<bool> {
        self.line.has(table)
    }

    pub fn migrations(&mut self) -> Result<Vec<(String, String, String)>> {
        self.line.migrations()
    }

    /// Takes out what the migrations put in.
    pub fn clear(&mut self, tables: &[Table]) -> Result<()> {
        for table in tables.iter().rev() {
            if self.line.has(table)? {
                self.line.exec(&format!("DELETE FROM {}", table.name), &[])?;
            }
        }
        Ok(())
    }

    pub fn put(&mut self, table: &Table, rows: &[Cells]) -> Result<()> {
        let width = table.columns.len();
        let row = |n: usize| {
            let places: Vec<String> = (1..=width).map(|at| format!("${}", n * width + at)).collect();
            format!("({})", places.join(", "))
        };
        let places: Vec<String> = (0..rows.len()).map(row).collect();
        let sql = format!("INSERT INTO {} ({}) VALUES {}", table.name, table.list(), places.join(", "));
        let mut params: Vec<Val<'static>> = rows.iter().flat_map(|row| row.0.iter().cloned()).collect();
        if !self.line.is_lite() {
            self.take_pointers(table, rows, &mut params);
        }
        self.line.exec(&sql, &params)?;
        self.waiting += rows.len();
        if self.waiting >= COMMIT_EVERY {
            self.commit()?;
        }
        Ok(())
    }

    /// A row may name one that comes later, which PostgreSQL would refuse.
    fn take_pointers(&mut self, table: &Table, rows: &[Cells], params: &mut [Val<'static>]) {
        let at = |name: &String| table.columns.iter().position(|column| column == name);
        let own: Vec<usize> = table.own.iter().filter_map(at).collect();
        let key: Vec<usize> = table.key.iter().filter_map(|column| at(&column.name)).collect();
        for (n, row) in rows.iter().enumerate() {
            if own.iter().all(|at| row.0[*at] == Val::Null) {
                continue;
            }
            self.pointing.push(own.iter().chain(&key).map(|at| row.0[*at].clone()).collect());
            for at in &own {
                params[n * table.columns.len() + at] = Val::Null;
            }
        }
    }

    /// Lets rows of the table point at each other, now that all are there.
    pub fn point(&mut self, table: &Table) -> Result<()> {
        let set: Vec<String> =
            table.own.iter().enumerate().map(|(n, c)| format!("\"{c}\" = ${}", n + 1)).collect();
        let key = table
            .key
            .iter()
            .enumerate()
            .map(|(n, c)| format!("\"{}\" = ${}", c.name, table.own.len() + n + 1));
        let key: Vec<String> = key.collect();
        let sql = format!("UPDATE {} SET {} WHERE {}", table.name, set.join(", "), key.join(" AND "));
        for values in std::mem::take(&mut self.pointing) {
            self.line.exec(&sql, &values)?;
        }
        Ok(())
    }

    pub fn set_counter(&mut self, table: &Table, last: i64) -> Result<u64> {
        if self.line.is_lite() {
            let sql = format!("INSERT INTO {} (one, last) VALUES (1, $1)", table.name);
            return self.line.exec(&sql, &[Val::Int(last)]);
        }
        let sql = match last {
            0 => format!("ALTER SEQUENCE {} RESTART", table.name),
            last => format!("SELECT setval('{}', {last})", table.name),
        };
        self.line.batch(&sql).map(|()| 1)
    }

    fn commit(&mut self) -> Result<()> {
        self.waiting = 0;
        self.line.batch("COMMIT; BEGIN")
    }

    pub fn finish(mut self) -> Result<()> {
        self.line.batch("COMMIT")?;
        self.line.batch("ANALYZE")
    }
}
