//! `rapport migrate-to`: all workspaces from files to PostgreSQL, or back, every row compared.
//!
//! Until all is copied and compared the installation stays as it was; then one file says where the
//! databases are. What was left is kept: files under `before-migrate`, a schema where it is.

use std::fs;
use std::path::Path;

use base::error::{conflict, invalid};
use base::{Clock, Config, Result};
use journal::Caller;
use journal::directory::{Directory, Place};
use serde_json::{Value, json};
use store::copy::{Done, Snapshot, compare, copy};
use store::{Db, Migration, Options};

use crate::installation::{DATABASE_URL, Installation, located, usual_directory, usual_url};
use crate::workspaces::{Alone, Workspaces};

/// `target` is a PostgreSQL URL, or `sqlite` for files in the data folder.
///
/// # Errors
/// Conflict when the server is running or the target holds something already; Internal with the first
/// difference when the copy is not the same. The installation is unchanged then.
pub fn migrate_to(config: Config, target: &str, told: &mut dyn FnMut(Done)) -> Result<Value> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let clock = Clock::system();
    let (installation, _) = Installation::open(config, clock.clone())?.ok_or_else(|| {
        conflict("data_in_use", "The server is running. Stop it, move the data, and start it again.")
    })?;
    let config = installation.config.clone();
    let to = target_config(&config, target)?;
    let places = runtime.block_on(installation.places())?;
    for place in &places {
        // Brings the source to this program's version.
        runtime.block_on(Alone.find(&installation, &place.name))?;
    }
    let mut rows = 0;
    let mut count = |done: Done| {
        rows += done.rows;
        told(done);
    };
    let now = clock.now();
    for place in &places {
        let url = located(&to, &usual_url(&to, &place.name));
        if to.database.is_none() {
            fs::create_dir_all(to.data.join("workspaces"))?;
        }
        let one =
            Carried { from: installation.url_of(place), to: url, migrations: installation.migrations() };
        one.carry(&search::DERIVED, now, &mut count)?;
    }
    let directory = Carried {
        from: installation.directory_url(),
        to: located(&to, &usual_directory(&to)),
        migrations: Directory::MIGRATIONS,
    };
    directory.carry(&[], now, &mut count)?;
    runtime.block_on(point_to(&directory.to, &to, &places, now))?;
    let names: Vec<String> = places.into_iter().map(|place| place.name).collect();
    drop(installation);
    flip(&config, &to, &names)?;
    runtime.block_on(settle(to.clone(), clock, &names))?;
    Ok(json!({"workspaces": names, "rows": rows}))
}

fn target_config(config: &Config, target: &str) -> Result<Config> {
    let is_server = target.starts_with("postgres://") || target.starts_with("postgresql://");
    match (is_server, target, config.database.is_some()) {
        (true, url, false) => Ok(Config { database: Some(url.to_owned()), ..config.clone() }),
        (false, "sqlite", true) => Ok(Config { database: None, ..config.clone() }),
        (true, _, true) => Err(conflict("already_there", "The databases lie on PostgreSQL already.")),
        (false, "sqlite", false) => Err(conflict("already_there", "The databases are files already.")),
        _ => Err(invalid("migrate_target", "Name a PostgreSQL URL, or `sqlite`.")),
    }
}

/// One database on its way.
struct Carried {
    from: String,
    to: String,
    migrations: &'static [&'static [Migration]],
}

impl Carried {
    fn carry(&self, left_out: &[&str], now: base::Time, told: &mut dyn FnMut(Done)) -> Result<()> {
        let db = Db::open(&self.to, &Options { readers: 1, ..Options::default() })?;
        if !db.standing(self.migrations)?.empty {
            let sentence =
                "The target holds data already, perhaps of a move that was interrupted. Empty it first.";
            return Err(conflict("target_not_empty", sentence));
        }
        db.migrate(self.migrations, now)?;
        drop(db);
        let mut source = Snapshot::open(&self.from)?;
        let tables = copy(&mut source, &self.to, left_out, told)?;
        compare(&mut source, &mut Snapshot::open(&self.to)?, &tables, &mut |_| {})
    }
}

/// The new directory names the new databases.
async fn point_to(directory: &str, to: &Config, places: &[Place], now: base::Time) -> Result<()> {
    let url = directory.to_owned();
    let opened = tokio::task::spawn_blocking(move || Directory::open(&url, &Options::default(), now));
    let directory = opened.await.map_err(base::error::internal)??;
    for place in places {
        directory.set_url(&place.name, &usual_url(to, &place.name)).await?;
    }
    Ok(())
}

/// From here on the other databases are in use.
fn flip(from: &Config, to: &Config, names: &[String]) -> Result<()> {
    let aside = from.data.join("before-migrate");
    let mark = from.data.join(DATABASE_URL);
    match &to.database {
        Some(url) => {
            base::files::write_whole(&mark, url.as_bytes())?;
            fs::create_dir_all(aside.join("workspaces"))?;
            let files = names.iter().map(|name| format!("workspaces/{name}.db"));
            for file in files.chain(["directory.db".to_owned()]) {
                set_aside(&from.data, &aside, &file)?;
            }
            Ok(())
        }
        None => Ok(fs::remove_file(mark)?),
    }
}

fn set_aside(data: &Path, aside: &Path, file: &str) -> Result<()> {
    for ending in ["", "-wal", "-shm"] {
        let name = format!("{file}{ending}");
        if data.join(&name).exists() {
            fs::rename(data.join(&name), aside.join(&name))?;
        }
    }
    Ok(())
}

/// The order of events goes on, and the search index of the other form is made.
async fn settle(to: Config, clock: Clock, names: &[String]) -> Result<()> {
    let opened = tokio::task::spawn_blocking(move || Installation::open(to, clock)).await;
    let opened = opened.map_err(base::error::internal)??;
    let (installation, _) =
        opened.ok_or_else(|| conflict("data_in_use", "Another Rapport uses this folder."))?;
    for name in names {
        let house = Alone.find(&installation, name).await?;
        house.adopt_order().await?;
        house.write(Caller::system(), search::rebuild).await?;
    }
    Ok(())
}
