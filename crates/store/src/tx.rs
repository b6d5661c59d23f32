//! A transaction, the only door to the tables.

use base::error::{internal, not_found};
use base::{Result, Val};

use crate::link::Link;
use crate::lite;
use crate::sql::{Row, Sql};
use crate::watch::Watch;

/// Lives as long as the closure that was handed it; the commit follows after the closure's `Ok`.
pub struct Tx<'a> {
    link: Link<'a>,
    /// Set by the first database error: PostgreSQL refuses to go on after one, so SQLite does too.
    poisoned: bool,
    wrote: bool,
    rang: bool,
    watch: &'a Watch,
}

impl<'a> Tx<'a> {
    pub(crate) fn new(link: Link<'a>, watch: &'a Watch) -> Tx<'a> {
        Tx { link, poisoned: false, wrote: false, rang: false, watch }
    }

    /// Runs a statement that gives no rows; answers how many rows it changed.
    #[track_caller]
    pub fn exec(&mut self, sql: impl Into<Sql>, params: &[Val<'_>]) -> Result<u64> {
        self.looked_at(sql.into(), params, |link, sql| match link {
            Link::Lite(conn) => lite::exec(conn, sql.lite(), params),
            Link::Pg(pg) => pg.exec(sql.pg(), params).map(|n| (n, true)),
        })
    }

    #[track_caller]
    pub fn all<R: Row>(&mut self, sql: impl Into<Sql>, params: &[Val<'_>]) -> Result<Vec<R>> {
        self.looked_at(sql.into(), params, |link, sql| match link {
            Link::Lite(conn) => lite::rows(conn, sql.lite(), params, usize::MAX),
            Link::Pg(pg) => pg.rows(sql.pg(), params).map(|rows| (rows, true)),
        })
    }

    #[track_caller]
    pub fn opt<R: Row>(&mut self, sql: impl Into<Sql>, params: &[Val<'_>]) -> Result<Option<R>> {
        let rows = self.looked_at(sql.into(), params, |link, sql| match link {
            // A statement that writes must run to its end, so it isn't stopped after one row.
            Link::Lite(conn) => lite::rows(conn, sql.lite(), params, 1),
            Link::Pg(pg) => pg.rows(sql.pg(), params).map(|rows| (rows, true)),
        })?;
        Ok(rows.into_iter().next())
    }

    #[track_caller]
    pub fn one<R: Row>(&mut self, sql: impl Into<Sql>, params: &[Val<'_>]) -> Result<R> {
        match self.opt(sql, params)? {
            Some(row) => Ok(row),
            None => Err(not_found("not_found")),
        }
    }

    /// Several statements without parameters: for migrations.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<()> {
        self.guarded(Sql::from(sql.to_owned()), |link, sql| match link {
            Link::Lite(conn) => lite::batch(conn, sql.lite()).map(|()| ((), true)),
            Link::Pg(pg) => pg.batch(sql.pg()).map(|()| ((), true)),
        })
    }

    /// Asks for the workspace's bell to be rung after the commit: there is news to read or work to do.
    pub fn ring(&mut self) {
        self.rang = true;
    }

    pub fn is_lite(&self) -> bool {
        matches!(self.link, Link::Lite(_))
    }

    /// Takes the row lock that PostgreSQL needs where SQLite has its single writer.
    pub fn lock_suffix(&self) -> &'static str {
        if self.is_lite() { "" } else { " FOR UPDATE" }
    }

    /// That a column of ids is in a list, which is given as a JSON array in parameter `$n`: whatever the
    /// list, the statement stays the same and is prepared once.
    pub fn among(&self, column: &str, n: usize) -> String {
        match self.is_lite() {
            true => format!("{column} IN (SELECT value FROM json_each(${n}))"),
            false => format!(
                "{column} = ANY (ARRAY(SELECT CAST(value AS BIGINT) FROM jsonb_array_elements_text(${n})))"
            ),
        }
    }

    pub(crate) fn wrote(&self) -> bool {
        self.wrote || self.poisoned
    }

    pub(crate) fn rang(&self) -> bool {
        self.rang
    }

    pub(crate) fn poisoned(&self) -> bool {
        self.poisoned
    }

    #[track_caller]
    fn looked_at<T>(
        &mut self,
        sql: Sql,
        params: &[Val<'_>],
        run: impl FnOnce(&mut Link<'a>, &Sql) -> Result<(T, bool)>,
    ) -> Result<T> {
        let watch = self.watch;
        self.guarded(sql, |link, sql| {
            watch.look(link, sql, params)?;
            run(link, sql)
        })
    }

    #[track_caller]
    fn guarded<T>(
        &mut self,
        sql: Sql,
        run: impl FnOnce(&mut Link<'a>, &Sql) -> Result<(T, bool)>,
    ) -> Result<T> {
        if self.poisoned {
            return Err(internal("a statement followed a database error in one transaction"));
        }
        match run(&mut self.link, &sql) {
            Ok((value, wrote)) => {
                self.wrote |= wrote;
                Ok(value)
            }
            Err(e) => {
                self.poisoned = true;
                Err(e)
            }
        }
    }
}
