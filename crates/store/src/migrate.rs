//! Migrations: forward only, written once, each known by its owner, its name and its hash.
//!
//! Pseudo types stand for what differs: `ID TIME INT MONEY BOOL JSON TEXT BLOB REAL`. A line that
//! begins with `-- lite:` or `-- pg:` holds for that engine alone. A table ends with `);` on a line of
//! its own, a column stands on one line.

use base::error::{conflict, internal};
use base::{Result, Time};

use crate::db::{Db, Engine};
use crate::p;
use crate::tx::Tx;

/// One file of a crate's `migrations/` folder.
#[derive(Clone, Copy)]
pub struct Migration {
    pub owner: &'static str,
    pub name: &'static str,
    pub sql: &'static str,
}

/// Lists a crate's migrations: `migrations!["people"; "0001_people"]` embeds
/// `migrations/0001_people.sql`.
#[macro_export]
macro_rules! migrations {
    ($owner:literal; $($name:literal),+ $(,)?) => {
        &[$($crate::Migration {
            owner: $owner,
            name: $name,
            sql: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/", $name, ".sql")),
        }),+]
    };
}

const LEDGER: &str = "CREATE TABLE IF NOT EXISTS migrations (
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    applied_at TIME NOT NULL,
    PRIMARY KEY (owner, name)
);";

/// Before the ledger is there to be locked: `IF NOT EXISTS` protects from no other node. Held until the end.
const ONE_NODE: &str =
    "SELECT pg_advisory_xact_lock(hashtextextended('rapport migrations ' || current_schema(), 0))";

impl Db {
    /// Applies what is missing, in the order given. Refuses a database that a newer program wrote.
    /// Nodes that start together wait for each other, and find done what another did.
    pub fn migrate(&self, all: &'static [&'static [Migration]], now: Time) -> Result<()> {
        let engine = self.engine();
        self.write_patiently(move |tx| {
            if engine == Engine::Postgres {
                tx.batch(ONE_NODE)?;
            }
            tx.batch(&expand(LEDGER, engine))?;
            apply(tx, all, engine, now)
        })
    }
}

/// How a database stands to a program's migrations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Nothing was ever applied: there is nothing to lose.
    pub empty: bool,
    /// Some are still to be applied.
    pub behind: bool,
}

impl Db {
    /// Looks without changing anything.
    pub fn standing(&self, all: &'static [&'static [Migration]]) -> Result<Standing> {
        let engine = self.engine();
        self.write_blocking(move |tx| {
            let there: Option<(String,)> = tx.opt(
                match engine {
                    Engine::Sqlite => {
                        "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'migrations'"
                    }
                    Engine::Postgres => {
                        "SELECT CAST(tablename AS TEXT) FROM pg_tables
                         WHERE schemaname = CAST(current_schema() AS TEXT) AND tablename = 'migrations'"
                    }
                },
                p![],
            )?;
            let applied: Vec<(String, String)> = match there {
                Some(_) => tx.all("SELECT owner, name FROM migrations", p![])?,
                None => Vec::new(),
            };
            let has = |m: &Migration| applied.iter().any(|(owner, name)| owner == m.owner && name == m.name);
            let behind = !all.iter().copied().flatten().all(has);
            Ok(Standing { empty: applied.is_empty(), behind })
        })
    }
}

fn apply(tx: &mut Tx<'_>, all: &[&[Migration]], engine: Engine, now: Time) -> Result<()> {
    let applied: Vec<(String, String, String)> =
        tx.all("SELECT owner, name, sha256 FROM migrations", p![])?;
    let known =
        |owner: &str, name: &str| all.iter().copied().flatten().any(|m| m.owner == owner && m.name == name);
    if let Some((owner, name, _)) = applied.iter().find(|(owner, name, _)| !known(owner, name)) {
        return Err(conflict(
            "database_newer",
            format!("This database was changed by a newer Rapport ({owner}/{name}). Start that version."),
        ));
    }
    for migration in all.iter().copied().flatten() {
        let hash = base::secrets::hex(&base::secrets::sha256(migration.sql.as_bytes()));
        match applied.iter().find(|(owner, name, _)| owner == migration.owner && name == migration.name) {
            Some((_, _, old)) if *old == hash => continue,
            Some(_) => {
                let which = format!("{}/{}", migration.owner, migration.name);
                return Err(internal(format!("migration {which} was edited after it was applied")));
            }
            None => {}
        }
        tx.batch(&expand(migration.sql, engine))?;
        tx.exec(
            "INSERT INTO migrations (owner, name, sha256, applied_at) VALUES ($1, $2, $3, $4)",
            p![migration.owner, migration.name, hash, now],
        )?;
    }
    Ok(())
}

/// Writes the pseudo types out for one engine.
pub(crate) fn expand(sql: &str, engine: Engine) -> String {
    let (mine, other) = match engine {
        Engine::Sqlite => ("-- lite:", "-- pg:"),
        Engine::Postgres => ("-- pg:", "-- lite:"),
    };
    let mut out = String::with_capacity(sql.len() * 2);
    for line in sql.lines() {
        let trimmed = line.trim_start();
        if trimmed.starts_with(other) {
            continue;
        }
        if let Some(rest) = trimmed.strip_prefix(mine) {
            out.push_str(rest);
        } else if trimmed == ");" && engine == Engine::Sqlite {
            out.push_str(") STRICT;");
        } else {
            expand_line(trimmed, engine, &mut out);
        }
        out.push('\n');
    }
    out
}

fn expand_line(line: &str, engine: Engine, out: &mut String) {
    let mut words = line.splitn(3, ' ');
    let (Some(column), Some(typed)) = (words.next(), words.next()) else {
        return out.push_str(line);
    };
    let (word, tail) = match typed.strip_suffix(',') {
        Some(word) => (word, ","),
        None => (typed, ""),
    };
    let Some(ty) = real_type(word, column, engine) else {
        return out.push_str(line);
    };
    out.push_str(column);
    out.push(' ');
    out.push_str(&ty);
    out.push_str(tail);
    if let Some(rest) = words.next() {
        out.push(' ');
        out.push_str(rest);
    }
}

fn real_type(word: &str, column: &str, engine: Engine) -> Option<String> {
    let lite = engine == Engine::Sqlite;
    Some(match word {
        "ID" | "TIME" | "INT" | "MONEY" => if lite { "INTEGER" } else { "BIGINT" }.to_owned(),
        "TEXT" => "TEXT".to_owned(),
        "REAL" => if lite { "REAL" } else { "DOUBLE PRECISION" }.to_owned(),
        "BLOB" => if lite { "BLOB" } else { "BYTEA" }.to_owned(),
        "BOOL" if lite => format!("INTEGER CHECK ({column} IN (0, 1))"),
        "BOOL" => "BOOLEAN".to_owned(),
        "JSON" if lite => format!("TEXT CHECK (json_valid({column}))"),
        "JSON" => "JSONB".to_owned(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pseudo_types_are_written_out_for_each_engine() {
        let sql = "CREATE TABLE a (\n    id ID PRIMARY KEY,\n    ok BOOL NOT NULL,\n    doc JSON\n);\n-- pg: CREATE SEQUENCE s;";
        let lite = expand(sql, Engine::Sqlite);
        assert!(lite.contains("id INTEGER PRIMARY KEY,"), "{lite}");
        assert!(lite.contains("ok INTEGER CHECK (ok IN (0, 1)) NOT NULL,"), "{lite}");
        assert!(lite.contains(") STRICT;") && !lite.contains("SEQUENCE"), "{lite}");
        let pg = expand(sql, Engine::Postgres);
        assert!(pg.contains("doc JSONB") && pg.contains("CREATE SEQUENCE s;"), "{pg}");
    }
}
