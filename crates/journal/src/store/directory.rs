//! The directory: which workspaces there are, and which host, mail address and chat widget belongs to which.

use ::store::{Db, Migration, Options, p, row};
use base::error::{conflict, invalid, not_found};
use base::{Result, Time};

const TABLES: &[&[Migration]] =
    &[::store::migrations!["directory"; "0001_directory", "0002_widgets", "0003_wakeups"]];

#[derive(Clone)]
pub struct Directory {
    db: Db,
}

row! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Place {
        pub name: String,
        /// The database of the workspace.
        pub url: String,
    }
}

impl Directory {
    /// The tables of the directory itself.
    pub const MIGRATIONS: &'static [&'static [Migration]] = TABLES;

    /// Blocks while it opens and migrates.
    pub fn open(url: &str, options: &Options, now: Time) -> Result<Directory> {
        let db = Db::open(url, &Options { readers: 1, ..options.clone() })?;
        db.migrate(TABLES, now)?;
        Ok(Directory { db })
    }

    /// `name` also names files and schemas: a-z, 0-9 and _ only.
    pub async fn create(&self, name: &str, url: &str, now: Time) -> Result<()> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if name.is_empty() || name.len() > 40 || !name.chars().all(plain) {
            return Err(
                invalid("workspace_name", "A workspace is named with a-z, 0-9 and _.").field("workspace")
            );
        }
        let (name, url) = (name.to_owned(), url.to_owned());
        self.db
            .write(move |tx| {
                let made = tx.exec(
                    "INSERT INTO workspaces (name, url, created_at) VALUES ($1, $2, $3)
                     ON CONFLICT (name) DO NOTHING",
                    p![name, url, now],
                )?;
                match made {
                    // Nobody has opened it yet: the next who looks does.
                    1 => tx
                        .exec(
                            "INSERT INTO wakeups (workspace, node, wake_at) VALUES ($1, '', $2)",
                            p![name, now],
                        )
                        .map(drop),
                    _ => Err(conflict("workspace_exists", "A workspace with this name exists already.")),
                }
            })
            .await
    }

    pub(super) fn db(&self) -> &Db {
        &self.db
    }

    /// Where a workspace lives.
    pub async fn find(&self, name: &str) -> Result<Option<Place>> {
        let name = name.to_owned();
        self.db.read(move |tx| tx.opt("SELECT name, url FROM workspaces WHERE name = $1", p![name])).await
    }

    /// A workspace lives in another database from now on.
    pub async fn set_url(&self, name: &str, url: &str) -> Result<()> {
        let (name, url) = (name.to_owned(), url.to_owned());
        let sql = "UPDATE workspaces SET url = $2 WHERE name = $1";
        self.db.write(move |tx| tx.exec(sql, p![name, url]).map(drop)).await
    }

    /// Whether there are two workspaces or more.
    pub async fn has_several(&self) -> Result<bool> {
        let names: Vec<(String,)> =
            self.db.read(|tx| tx.all("SELECT name FROM workspaces LIMIT 2", p![])).await?;
        Ok(names.len() > 1)
    }

    pub async fn list(&self) -> Result<Vec<Place>> {
        self.db.read(|tx| tx.all("SELECT name, url FROM workspaces ORDER BY name", p![])).await
    }

    /// The workspace of a host; with a single workspace any host serves it.
    pub async fn by_host(&self, host: &str) -> Result<Option<String>> {
        let host = base::text::fold(host);
        self.db
            .read(move |tx| {
                let named: Option<(String,)> =
                    tx.opt("SELECT workspace FROM hosts WHERE host = $1", p![host])?;
                if named.is_some() {
                    return Ok(named.map(|(name,)| name));
                }
                let all: Vec<(String,)> = tx.all("SELECT name FROM workspaces LIMIT 2", p![])?;
                Ok(if all.len() == 1 { all.into_iter().next().map(|(name,)| name) } else { None })
            })
            .await
    }

    pub async fn by_address(&self, address: &str) -> Result<Option<String>> {
        let address = base::text::fold(address);
        self.db
            .read(move |tx| {
                let row: Option<(String,)> =
                    tx.opt("SELECT workspace FROM addresses WHERE address = $1", p![address])?;
                Ok(row.map(|(name,)| name))
            })
            .await
    }

    pub async fn set_host(&self, host: &str, workspace: &str) -> Result<()> {
        self.set(
            "INSERT INTO hosts (host, workspace) VALUES ($1, $2)
                  ON CONFLICT (host) DO UPDATE SET workspace = excluded.workspace",
            host,
            workspace,
        )
        .await
    }

    /// A Conflict when the address belongs to another workspace.
    pub async fn set_address(&self, address: &str, workspace: &str) -> Result<()> {
        if let Some(other) = self.by_address(address).await?
            && other != workspace
        {
            return Err(
                conflict("address_taken", "This address belongs to another workspace.").field("address")
            );
        }
        self.set(
            "INSERT INTO addresses (address, workspace) VALUES ($1, $2)
                  ON CONFLICT (address) DO UPDATE SET workspace = excluded.workspace",
            address,
            workspace,
        )
        .await
    }

    /// The workspace that a chat widget's key belongs to.
    pub async fn by_widget(&self, key: &str) -> Result<Option<String>> {
        let key = key.to_owned();
        self.db
            .read(move |tx| {
                let row: Option<(String,)> =
                    tx.opt("SELECT workspace FROM widgets WHERE key = $1", p![key])?;
                Ok(row.map(|(name,)| name))
            })
            .await
    }

    /// Keys are random, so that none was given to another workspace before.
    pub async fn set_widget(&self, key: &str, workspace: &str) -> Result<()> {
        let (key, workspace) = (key.to_owned(), workspace.to_owned());
        self.db
            .write(move |tx| {
                tx.exec(
                    "INSERT INTO widgets (key, workspace) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING",
                    p![key, workspace],
                )
                .map(drop)
            })
            .await
    }

    async fn set(&self, sql: &'static str, key: &str, workspace: &str) -> Result<()> {
        let (key, workspace) = (base::text::fold(key), workspace.to_owned());
        self.db
            .write(move |tx| {
                let there: Option<(String,)> =
                    tx.opt("SELECT name FROM workspaces WHERE name = $1", p![workspace])?;
                there.ok_or_else(|| not_found("workspace_not_found"))?;
                tx.exec(sql, p![key, workspace]).map(drop)
            })
            .await
    }
}
