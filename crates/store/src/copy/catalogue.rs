//! What tables there are, as SQLite tells it, and one connection to either engine.

use base::error::internal;
use base::{Got, Result, Val};

use crate::base::config::Durability;
use crate::lite;
use crate::pg::{PgLink, Place};
use crate::sql::{Columns, Row};

/// Rows at once: small enough for the parameters of one statement.
pub(super) const PAGE: usize = 200;

/// A table with what copying must know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub columns: Vec<String>,
    /// The primary key, in its order.
    pub(super) key: Vec<Column>,
    /// Columns that name another row of the same table: filled after all rows are there.
    pub(super) own: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub name: String,
    pub is_text: bool,
}

/// One row, whatever its columns.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cells(pub Vec<Val<'static>>);

impl Row for Cells {
    fn read(columns: &dyn Columns) -> Result<Cells> {
        let cell = |at: usize| {
            Ok(match columns.get(at)? {
                Got::Null => Val::Null,
                Got::Int(n) => Val::Int(n),
                Got::Real(x) => Val::Real(x),
                Got::Text(s) => Val::Text(s.to_owned().into()),
                Got::Blob(b) => Val::Blob(b.to_vec().into()),
            })
        };
        (0..columns.count()).map(cell).collect::<Result<Vec<_>>>().map(Cells)
    }
}

/// A connection without deadlines.
pub(super) enum Line {
    Lite(rusqlite::Connection),
    Pg(Box<PgLink>),
}

impl Line {
    pub fn open(url: &str, reads: bool) -> Result<Line> {
        match url.strip_prefix("sqlite:") {
            Some(path) => Ok(Line::Lite(lite::open(path.as_ref(), Durability::Full, reads)?)),
            None => {
                let mut link = PgLink::connect(&Place::parse(url)?)?;
                link.batch("SET idle_in_transaction_session_timeout = 0; SET statement_timeout = 0")?;
                Ok(Line::Pg(Box::new(link)))
            }
        }
    }

    pub fn is_lite(&self) -> bool {
        matches!(self, Line::Lite(_))
    }

    pub fn batch(&mut self, sql: &str) -> Result<()> {
        match self {
            Line::Lite(conn) => lite::batch(conn, sql),
            Line::Pg(link) => link.batch(sql),
        }
    }

    pub fn exec(&mut self, sql: &str, params: &[Val<'_>]) -> Result<u64> {
        match self {
            Line::Lite(conn) => lite::exec(conn, sql, params).map(|(changed, _)| changed),
            Line::Pg(link) => link.exec(sql, params),
        }
    }

    pub fn rows<R: Row>(&mut self, sql: &str, params: &[Val<'_>]) -> Result<Vec<R>> {
        match self {
            Line::Lite(conn) => lite::rows(conn, sql, params, usize::MAX).map(|(rows, _)| rows),
            Line::Pg(link) => link.rows(sql, params),
        }
    }

    pub fn migrations(&mut self) -> Result<Vec<(String, String, String)>> {
        let mut rows = self.rows("SELECT owner, name, sha256 FROM migrations", &[])?;
        rows.sort();
        Ok(rows)
    }

    pub fn has(&mut self, table: &Table) -> Result<bool> {
        let sql = match self.is_lite() {
            true => "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1",
            false => {
                "SELECT 1 FROM pg_tables WHERE schemaname = CAST(current_schema() AS TEXT)
                 AND CAST(tablename AS TEXT) = $1"
            }
        };
        Ok(!self.rows::<(i64,)>(sql, &[text(&table.name)])?.is_empty())
    }

    /// In the order in which they were made, so that a foreign key points to an earlier one. Full text
    /// and its shadow tables are left out: they are made anew.
    pub fn tables(&mut self) -> Result<Vec<Table>> {
        if !self.is_lite() {
            return Err(internal("only SQLite is asked for its catalogue"));
        }
        let made: Vec<(String, String)> = self.rows(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
             ORDER BY rowid",
            &[],
        )?;
        let virtual_tables: Vec<String> = made
            .iter()
            .filter(|(_, sql)| sql.starts_with("CREATE VIRTUAL"))
            .map(|(name, _)| name.clone())
            .collect();
        let derived = |name: &str| {
            virtual_tables.iter().any(|made| {
                name == made || name.strip_prefix(made.as_str()).is_some_and(|r| r.starts_with('_'))
            })
        };
        let names = made.into_iter().map(|(name, _)| name).filter(|name| !derived(name));
        names.map(|name| self.table(name)).collect()
    }

    fn table(&mut self, name: String) -> Result<Table> {
        let columns: Vec<(String, String, i64)> =
            self.rows("SELECT name, type, pk FROM pragma_table_info($1) ORDER BY cid", &[text(&name)])?;
        let mut key: Vec<&(String, String, i64)> = columns.iter().filter(|(_, _, pk)| *pk > 0).collect();
        key.sort_by_key(|(_, _, pk)| *pk);
        if key.is_empty() {
            key = columns.iter().collect();
        }
        let key = key
            .into_iter()
            .map(|(name, ty, _)| Column { name: name.clone(), is_text: ty == "TEXT" })
            .collect();
        let own: Vec<(String,)> = self
            .rows("SELECT \"from\" FROM pragma_foreign_key_list($1) WHERE \"table\" = $1", &[text(&name)])?;
        let columns = columns.into_iter().map(|(name, _, _)| name).collect();
        Ok(Table { name, columns, key, own: own.into_iter().map(|(name,)| name).collect() })
    }
}

pub(super) fn text(value: &str) -> Val<'_> {
    Val::Text(value.into())
}

impl Table {
    /// Its columns, as they stand in a statement; some of their names are words of SQL.
    pub(super) fn list(&self) -> String {
        quoted(self.columns.iter())
    }
}

pub(super) fn quoted<'a>(names: impl Iterator<Item = &'a String>) -> String {
    names.map(|name| format!("\"{name}\"")).collect::<Vec<String>>().join(", ")
}
