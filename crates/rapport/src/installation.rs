//! An installation: a data directory with its key, its directory of workspaces and their databases.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base::error::{conflict, invalid, not_found};
use base::{Clock, Config, IdSource, Result, Secrets};
use journal::directory::{Directory, Place};
use journal::lease::NodeLease;
use journal::{Core, Registry, Workspace};
use store::blobs::Blobs;
use store::{Db, Engine, Migration, Options};

use crate::assembly::assemble;
use crate::upgrade;

pub struct Installation {
    pub config: Config,
    pub clock: Clock,
    pub secrets: Secrets,
    pub directory: Directory,
    registry: Arc<Registry>,
    migrations: &'static [&'static [Migration]],
    /// Names this data directory among the nodes of its databases.
    name: String,
    /// Held while this process may write; the operating system gives it back when the process ends.
    _lock: File,
}

/// A workspace that is open here, with the node number under which it makes ids.
pub struct Open {
    pub workspace: Arc<Workspace>,
    pub lease: NodeLease,
}

impl Installation {
    /// Takes the lock on the data directory. `None` when another process holds it: then that process
    /// is asked through its control socket. Blocks while databases open.
    pub fn open(mut config: Config, clock: Clock) -> Result<Option<(Installation, web::Routes)>> {
        make_folder(&config.data)?;
        let Some(lock) = lock(&config.data.join("lock"))? else { return Ok(None) };
        let name = own_name(&lock)?;
        let secrets = Secrets::open(&config.data.join("secret.key"))?;
        remember_database(&mut config)?;
        let options = Options { durability: config.durability, ..Options::default() };
        let at = located(&config, &usual_directory(&config));
        upgrade::keep_copy(&config.data, &at, upgrade::DIRECTORY, Directory::MIGRATIONS)?;
        let directory = Directory::open(&at, &options, clock.now())?;
        let (mut registry, migrations, routes) = assemble().split();
        registry.fill::<channel_email::Addresses>().set(directory.clone());
        registry.fill::<channel_email::Names>().set(config.dns.as_deref())?;
        registry.fill::<channel_chat::Keys>().set(directory.clone());
        let registry = Arc::new(registry);
        let installation =
            Installation { config, clock, secrets, directory, registry, migrations, name, _lock: lock };
        Ok(Some((installation, routes)))
    }

    /// Names this data directory among the nodes.
    pub fn node_name(&self) -> &str {
        &self.name
    }

    pub async fn places(&self) -> Result<Vec<Place>> {
        self.directory.list().await
    }

    /// The workspace that a command means: the named one, or the only one.
    pub async fn place(&self, name: Option<&str>) -> Result<Place> {
        let places = self.places().await?;
        match (name, places.len()) {
            (Some(name), _) => places.into_iter().find(|p| p.name == name).ok_or_else(|| {
                not_found("workspace_not_found").because(format!("there is no workspace {name}"))
            }),
            (None, 1) => places.into_iter().next().ok_or_else(|| not_found("workspace_not_found")),
            (None, 0) => Err(invalid("no_workspace", "There is no workspace yet. Run: rapport init")),
            (None, _) => {
                Err(invalid("which_workspace", "There are several workspaces. Name one with --workspace."))
            }
        }
    }

    /// Makes the place of a new workspace and opens it.
    pub async fn create(&self, name: &str) -> Result<Open> {
        let url = usual_url(&self.config, name);
        if self.config.database.is_none() {
            make_folder(&self.config.data.join("workspaces"))?;
        }
        self.directory.create(name, &url, self.clock.now()).await?;
        self.workspace(Place { name: name.to_owned(), url }).await
    }

    /// Opens and migrates a workspace.
    pub async fn workspace(&self, place: Place) -> Result<Open> {
        let options = Options { durability: self.config.durability, ..Options::default() };
        let (url, migrations, now) = (self.url_of(&place), self.migrations, self.clock.now());
        let (data, name) = (self.config.data.clone(), place.name.clone());
        let opened = tokio::task::spawn_blocking(move || {
            upgrade::keep_copy(&data, &url, &name, migrations)?;
            let db = Db::open(&url, &options)?;
            db.migrate(migrations, now)?;
            Ok::<_, base::Error>(db)
        });
        let db = opened.await.map_err(base::error::internal)??;
        let lease = NodeLease::take(&db, &self.clock, &self.name).await?;
        let blobs = self.blobs(&place.name)?;
        if db.engine() == Engine::Postgres && !blobs.is_shared() && lease.others > 0 {
            return Err(conflict(
                "attachments_not_shared",
                "Another node serves this workspace, so attachments must lie in S3-compatible storage: set [blobs].",
            ));
        }
        let core = Core {
            name: place.name,
            clock: self.clock.clone(),
            ids: IdSource::new(self.clock.clone(), lease.node, lease.after),
            holder: lease.holder.clone(),
            secrets: self.secrets.clone(),
            registry: self.registry.clone(),
            public_url: self.public_url(),
        };
        Ok(Open { workspace: Workspace::new(db, blobs, core), lease })
    }

    /// Where a workspace's database is, as it can be opened.
    pub fn url_of(&self, place: &Place) -> String {
        located(&self.config, &place.url)
    }

    pub fn directory_url(&self) -> String {
        located(&self.config, &usual_directory(&self.config))
    }

    /// The tables of a workspace, crate by crate.
    pub fn migrations(&self) -> &'static [&'static [Migration]] {
        self.migrations
    }

    fn blobs(&self, workspace: &str) -> Result<Blobs> {
        match &self.config.blobs {
            Some(place) => Blobs::store(place, workspace),
            None => Blobs::folder(self.config.data.join("blobs").join(workspace), self.config.durability),
        }
    }

    pub fn public_url(&self) -> String {
        self.config.address()
    }
}

const FILE: &str = "sqlite:";

/// Where the databases lie, when that is not in files.
pub const DATABASE_URL: &str = "database.url";

/// Where a workspace's database lies in this installation, as the directory keeps it.
pub fn usual_url(config: &Config, name: &str) -> String {
    database_url(config, &format!("ws_{name}"), &format!("workspaces/{name}"))
}

pub fn usual_directory(config: &Config) -> String {
    database_url(config, "rapport_directory", "directory")
}

fn database_url(config: &Config, schema: &str, file: &str) -> String {
    match &config.database {
        Some(url) if url.contains('?') => format!("{url}&schema={schema}"),
        Some(url) => format!("{url}?schema={schema}"),
        None => format!("{FILE}{file}.db"),
    }
}

/// A file is named as it lies in the data directory, so that the directory can be moved and restored.
pub fn located(config: &Config, url: &str) -> String {
    match url.strip_prefix(FILE) {
        Some(path) => format!("{FILE}{}", config.data.join(path).display()),
        None => url.to_owned(),
    }
}

/// A database that was named once is known from then on: later commands need only the directory.
fn remember_database(config: &mut Config) -> Result<()> {
    let path = config.data.join(DATABASE_URL);
    let kept = fs::read_to_string(&path).ok().map(|url| url.trim().to_owned());
    match (&config.database, kept) {
        (None, kept) => config.database = kept,
        (Some(url), None) => {
            if config.data.join("directory.db").exists() {
                return Err(invalid(
                    "database_elsewhere",
                    "This data directory keeps its database in a file. Use another --data for PostgreSQL.",
                ));
            }
            base::files::write_whole(&path, url.as_bytes())?;
        }
        (Some(_), Some(_)) => {}
    }
    Ok(())
}

/// Keeps every other Rapport out of a data directory for as long as this lives.
pub fn lock_folder(data: &Path) -> Result<File> {
    lock(&data.join("lock"))?.ok_or_else(|| conflict("data_in_use", "The server is running. Stop it first."))
}

fn make_folder(path: &PathBuf) -> Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(|e| {
        invalid("data_directory", format!("{} can't be made: {e}. Name another with --data.", path.display()))
    })
}

/// Kept in the lock file together with that file's place on the disk: a copy of the directory is
/// another node.
fn own_name(mut lock: &File) -> Result<String> {
    let at = lock.metadata()?;
    let place = format!("{}:{}", at.dev(), at.ino());
    let mut kept = String::new();
    lock.read_to_string(&mut kept)?;
    if let Some((name, known)) = kept.split_once(' ')
        && known == place
    {
        return Ok(name.to_owned());
    }
    let name = base::secrets::new_token();
    lock.set_len(0)?;
    lock.rewind()?;
    lock.write_all(format!("{name} {place}").as_bytes())?;
    lock.sync_all()?;
    Ok(name)
}

fn lock(path: &PathBuf) -> Result<Option<File>> {
    let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path);
    let file = open.map_err(|e| {
        invalid("data_directory", format!("{} can't be written: {e}. Check the permissions.", path.display()))
    })?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        Err(fs::TryLockError::Error(e)) => Err(e.into()),
    }
}
