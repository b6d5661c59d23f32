//! SQLite: opening, and statements on one connection.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use base::config::Durability;
use base::error::{Error, internal, unavailable};
use base::{Got, Result, Val};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, Statement};

use crate::fault::{dangling, taken};
use crate::sql::{Columns, Row, numbered};

/// Older versions can lose committed writes when a checkpoint races a WAL reset (sqlite.org, 3.51.3).
const OLDEST_VERSION: i32 = 3_051_003;
const STATEMENTS_KEPT: usize = 256;
/// How many steps of SQLite's machine pass between two looks at the deadline.
const STEPS_PER_LOOK: i32 = 5_000;

pub(crate) fn open(path: &Path, durability: Durability, reader: bool) -> Result<Connection> {
    if rusqlite::version_number() < OLDEST_VERSION {
        return Err(internal(format!("SQLite {} can lose commits", rusqlite::version())));
    }
    let flags = if reader {
        OpenFlags::SQLITE_OPEN_READ_WRITE
    } else {
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
    };
    let conn = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(failed)?;
    let synchronous = match durability {
        Durability::Full => "FULL",
        Durability::Off => "OFF",
    };
    conn.execute_batch(&format!(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA foreign_keys=ON;
         PRAGMA busy_timeout=5000; PRAGMA mmap_size=4294967296; PRAGMA cache_size=-8000;
         PRAGMA journal_size_limit=67108864; PRAGMA temp_store=MEMORY; PRAGMA query_only={};",
        u8::from(reader)
    ))
    .map_err(failed)?;
    use rusqlite::config::DbConfig::{SQLITE_DBCONFIG_DQS_DDL, SQLITE_DBCONFIG_DQS_DML};
    conn.set_db_config(SQLITE_DBCONFIG_DQS_DDL, false).map_err(failed)?;
    conn.set_db_config(SQLITE_DBCONFIG_DQS_DML, false).map_err(failed)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(conn)
}

/// Stops a statement that runs past its deadline.
pub(crate) struct Deadline {
    ends: Arc<AtomicI64>,
    started: Instant,
}

impl Deadline {
    pub fn watch(conn: &mut Connection) -> Result<Deadline> {
        let deadline = Deadline { ends: Arc::new(AtomicI64::new(i64::MAX)), started: Instant::now() };
        let (ends, started) = (deadline.ends.clone(), deadline.started);
        conn.progress_handler(
            STEPS_PER_LOOK,
            Some(move || started.elapsed().as_millis() as i64 > ends.load(Ordering::Relaxed)),
        )
        .map_err(failed)?;
        Ok(deadline)
    }

    pub fn set(&self, millis: u64) {
        let end = self.started.elapsed().as_millis() as i64 + millis as i64;
        self.ends.store(end, Ordering::Relaxed);
    }

    pub fn clear(&self) {
        self.ends.store(i64::MAX, Ordering::Relaxed);
    }
}

pub(crate) fn failed(e: rusqlite::Error) -> Error {
    match e.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) if e.to_string().contains("UNIQUE") => taken(e),
        Some(ErrorCode::ConstraintViolation) if e.to_string().contains("FOREIGN KEY") => dangling(e),
        Some(ErrorCode::OperationInterrupted) => {
            unavailable("took_too_long", "This took too long and was stopped.").because(e)
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::DiskFull) => {
            unavailable("database_unavailable", "The database can't take this now. Try again soon.")
                .because(e)
        }
        _ => internal(e),
    }
}

pub(crate) fn batch(conn: &Connection, sql: &str) -> Result<()> {
    conn.execute_batch(sql).map_err(failed)
}

/// Answers the rows changed, and whether the statement may write.
pub(crate) fn exec(conn: &Connection, sql: &str, params: &[Val<'_>]) -> Result<(u64, bool)> {
    let mut statement = conn.prepare_cached(&numbered(sql)).map_err(|e| in_statement(e, sql))?;
    bind(&mut statement, params)?;
    let writes = !statement.readonly();
    let changed = statement.raw_execute().map_err(|e| in_statement(e, sql))?;
    Ok((changed as u64, writes))
}

/// At most `most` rows of a reading statement; a writing one (`RETURNING`) always runs to its end.
pub(crate) fn rows<R: Row>(
    conn: &Connection,
    sql: &str,
    params: &[Val<'_>],
    most: usize,
) -> Result<(Vec<R>, bool)> {
    let mut statement = conn.prepare_cached(&numbered(sql)).map_err(|e| in_statement(e, sql))?;
    bind(&mut statement, params)?;
    let writes = !statement.readonly();
    let most = if writes { usize::MAX } else { most };
    let mut found = Vec::new();
    let mut rows = statement.raw_query();
    while found.len() < most {
        match rows.next().map_err(|e| in_statement(e, sql))? {
            Some(row) => found.push(R::read(&LiteColumns(row))?),
            None => break,
        }
    }
    Ok((found, writes))
}

/// What SQLite would do with a statement, line by line (sqlite.org/eqp.html).
pub(crate) fn plan(conn: &Connection, sql: &str, params: &[Val<'_>]) -> Result<Vec<String>> {
    let sql = format!("EXPLAIN QUERY PLAN {sql}");
    let (rows, _): (Vec<(i64, i64, i64, String)>, bool) = rows(conn, &sql, params, usize::MAX)?;
    Ok(rows.into_iter().map(|(_, _, _, line)| line).collect())
}

fn in_statement(e: rusqlite::Error, sql: &str) -> Error {
    let error = failed(e);
    let cause = format!("{} in {sql}", error.cause.as_deref().unwrap_or_default());
    error.because(cause)
}

fn bind(statement: &mut Statement<'_>, params: &[Val<'_>]) -> Result<()> {
    for (at, value) in params.iter().enumerate() {
        statement.raw_bind_parameter(at + 1, LiteParam(value)).map_err(failed)?;
    }
    Ok(())
}

struct LiteParam<'a>(&'a Val<'a>);

impl rusqlite::ToSql for LiteParam<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Val::Null => ValueRef::Null,
            Val::Int(n) => ValueRef::Integer(*n),
            Val::Real(x) => ValueRef::Real(*x),
            Val::Text(s) => ValueRef::Text(s.as_bytes()),
            Val::Blob(b) => ValueRef::Blob(b),
        }))
    }
}

struct LiteColumns<'a, 'b>(&'a rusqlite::Row<'b>);

impl Columns for LiteColumns<'_, '_> {
    fn get(&self, at: usize) -> Result<Got<'_>> {
        Ok(match self.0.get_ref(at).map_err(failed)? {
            ValueRef::Null => Got::Null,
            ValueRef::Integer(n) => Got::Int(n),
            ValueRef::Real(x) => Got::Real(x),
            ValueRef::Text(s) => Got::Text(std::str::from_utf8(s).map_err(internal)?),
            ValueRef::Blob(b) => Got::Blob(b),
        })
    }
    fn count(&self) -> usize {
        self.0.as_ref().column_count()
    }
}
