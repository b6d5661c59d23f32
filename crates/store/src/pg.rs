//! PostgreSQL: one connection on one thread, with its prepared statements.

use std::collections::HashMap;
use std::str::FromStr;
use std::time::Duration;

use base::error::{Error, internal, invalid, unavailable};
use base::{Result, Val};
use postgres::error::SqlState;
use postgres::types::ToSql;
use postgres::{Client, NoTls, Statement};

use crate::fault::{AGAIN, dangling, taken, unfit};
use crate::pg_tls::Protection;
use crate::pg_value::{PgColumns, PgParam};
use crate::sql::Row;

/// Where a workspace lives on a server: a URL with `?schema=NAME`.
#[derive(Clone)]
pub(crate) struct Place {
    pub config: postgres::Config,
    pub schema: String,
    pub protection: Protection,
}

impl Place {
    pub fn parse(url: &str) -> Result<Place> {
        let refuse = |why: &str| invalid("database_url", format!("The database URL can't be used: {why}."));
        let (address, query) = url.split_once('?').unwrap_or((url, ""));
        let mut schema = "public".to_owned();
        let (mut rest, mut mode, mut roots) = (Vec::new(), None, None);
        for pair in query.split('&').filter(|p| !p.is_empty()) {
            match pair.split_once('=') {
                Some(("schema", name)) => schema = name.to_owned(),
                Some(("sslmode", word)) => mode = Some(word),
                Some(("sslrootcert", path)) => roots = Some(path),
                _ => rest.push(pair),
            }
        }
        let protection = Protection::parse(mode, roots)?;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if schema.is_empty() || schema.len() > 60 || !schema.chars().all(plain) {
            return Err(refuse("a schema is named with a-z, 0-9 and _"));
        }
        let url = if rest.is_empty() { address.to_owned() } else { format!("{address}?{}", rest.join("&")) };
        let mut config = postgres::Config::from_str(&url).map_err(|e| refuse(&e.to_string()))?;
        config.application_name("rapport").connect_timeout(Duration::from_secs(10));
        config.ssl_mode(protection.ssl_mode());
        Ok(Place { config, schema, protection })
    }
}

pub(crate) struct PgLink {
    client: Client,
    statements: HashMap<String, Statement>,
}

impl PgLink {
    /// Must be called on the thread that will use it: the client blocks.
    pub fn connect(place: &Place) -> Result<PgLink> {
        let connected = match place.protection {
            Protection::None => place.config.connect(NoTls),
            _ => place.config.connect(place.protection.connector()?),
        };
        let mut client = connected.map_err(|e| {
            unavailable("database_unreachable", "The database can't be reached. Is PostgreSQL running?")
                .because(with_sources(&e))
        })?;
        // Long values are pressed with lz4 where the server can (from version 14, built with it): its usual
        // way takes half a millisecond for a mail of 20 kB, ten times as long.
        let set = format!(
            "SET search_path TO {}; SET lock_timeout = '4s'; SET idle_in_transaction_session_timeout = '10s';
             SELECT set_config(name, 'lz4', FALSE) FROM pg_settings
                 WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)",
            place.schema
        );
        client.batch_execute(&set).map_err(failed)?;
        Ok(PgLink { client, statements: HashMap::new() })
    }

    /// The same connection with further settings.
    pub fn told(mut self, settings: &str) -> Result<PgLink> {
        self.batch(settings)?;
        Ok(self)
    }

    pub fn batch(&mut self, sql: &str) -> Result<()> {
        self.client.batch_execute(sql).map_err(failed)
    }

    pub fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    pub fn client(&mut self) -> &mut Client {
        &mut self.client
    }

    pub fn exec(&mut self, sql: &str, params: &[Val<'_>]) -> Result<u64> {
        let statement = self.prepared(sql)?;
        with_params(params, |p| self.client.execute(&statement, p)).map_err(|e| in_statement(e, sql))
    }

    pub fn rows<R: Row>(&mut self, sql: &str, params: &[Val<'_>]) -> Result<Vec<R>> {
        let statement = self.prepared(sql)?;
        let rows =
            with_params(params, |p| self.client.query(&statement, p)).map_err(|e| in_statement(e, sql))?;
        rows.iter().map(|row| R::read(&PgColumns(row))).collect()
    }

    fn prepared(&mut self, sql: &str) -> Result<Statement> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql).map_err(|e| in_statement(e, sql))?;
        if self.statements.len() >= 512 {
            self.statements.clear();
        }
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

fn with_params<T>(params: &[Val<'_>], run: impl FnOnce(&[&(dyn ToSql + Sync)]) -> T) -> T {
    let wrapped: Vec<PgParam<'_>> = params.iter().map(PgParam).collect();
    let refs: Vec<&(dyn ToSql + Sync)> = wrapped.iter().map(|p| p as &(dyn ToSql + Sync)).collect();
    run(&refs)
}

fn in_statement(e: postgres::Error, sql: &str) -> Error {
    let error = failed(e);
    let cause = format!("{} in {sql}", error.cause.as_deref().unwrap_or_default());
    error.because(cause)
}

pub(crate) fn failed(e: postgres::Error) -> Error {
    let Some(db) = e.as_db_error() else {
        return match e.is_closed() {
            true => unavailable("database_lost", "The connection to the database was lost. Try again.")
                .because(describe(&e)),
            false => internal(describe(&e)),
        };
    };
    let code = db.code();
    if [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED].contains(code) {
        unavailable(AGAIN, "Too many changes at once. Try again.").because(describe(&e))
    } else if *code == SqlState::UNIQUE_VIOLATION {
        taken(describe(&e))
    } else if *code == SqlState::FOREIGN_KEY_VIOLATION {
        dangling(describe(&e))
    } else if [SqlState::CHARACTER_NOT_IN_REPERTOIRE, SqlState::UNTRANSLATABLE_CHARACTER].contains(code) {
        unfit(describe(&e))
    } else if [SqlState::QUERY_CANCELED, SqlState::LOCK_NOT_AVAILABLE].contains(code) {
        unavailable("took_too_long", "This took too long and was stopped.").because(describe(&e))
    } else if ["08", "53", "57"].contains(&&code.code()[..2]) {
        unavailable("database_unavailable", "The database can't take this now. Try again soon.")
            .because(describe(&e))
    } else {
        internal(describe(&e))
    }
}

/// What TLS has against a server stands below the first sentence.
fn with_sources(e: &dyn std::error::Error) -> String {
    let further = std::iter::successors(e.source(), |e| e.source()).map(|e| format!(": {e}"));
    further.fold(e.to_string(), |said, more| said + &more)
}

fn describe(e: &postgres::Error) -> String {
    match e.as_db_error() {
        Some(db) => format!("{} {}", db.code().code(), db.message()),
        None => e.to_string(),
    }
}
