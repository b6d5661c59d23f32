//! `rapport backup`: everything of an installation into one file, while it goes on working.
//!
//! The databases first, each as a consistent snapshot, then the blobs: a blob is there before the row
//! that names it, and the sweep that removes blobs is held back meanwhile.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base::Result;
use base::error::{internal, invalid};
use journal::Workspace;
use journal::directory::Directory;
use serde_json::{Value, json};
use store::copy::{Snapshot, copy, duplicate};
use store::{Db, Options};
use tokio::runtime::Handle;

use crate::archive::{FORMAT, Manifest, SEALED_KEY, Writing, seal_key};
use crate::installation::Installation;
use crate::space;
use crate::workspaces::Workspaces;

const HOLDER: &str = "backup";
const PAUSE_SECONDS: i64 = 3600;
const KEYS_AT_ONCE: usize = 500;
/// Written after each backup, in seconds since 1970, for `rapport doctor`.
const LAST: &str = "last-backup";

/// Where the databases are copied to before they go into the file; beside them on the same disk.
pub fn workshop(data: &Path) -> PathBuf {
    data.join("backup-in-progress")
}

/// # Errors
/// Invalid when the file can't be written or the disk is too full for a copy of the databases.
pub async fn backup(
    installation: &Installation,
    workspaces: &impl Workspaces,
    to: PathBuf,
    passphrase: Option<String>,
) -> Result<Value> {
    let mut houses = Vec::new();
    for place in installation.places().await? {
        let house = workspaces.find(installation, &place.name).await?;
        house.pause_blob_sweep(HOLDER, PAUSE_SECONDS).await?;
        houses.push((installation.url_of(&place), house));
    }
    let key = match &passphrase {
        Some(passphrase) => {
            Some(seal_key(&fs::read(installation.config.data.join("secret.key"))?, passphrase)?)
        }
        None => None,
    };
    let job = Job {
        data: installation.config.data.clone(),
        directory: installation.directory_url(),
        migrations: installation.migrations(),
        made_at: installation.clock.now(),
        houses,
        key,
        to,
        handle: Handle::current(),
    };
    tokio::task::spawn_blocking(move || job.run()).await.map_err(internal)?
}

struct Job {
    data: PathBuf,
    directory: String,
    migrations: &'static [&'static [store::Migration]],
    made_at: base::Time,
    houses: Vec<(String, Arc<Workspace>)>,
    key: Option<Vec<u8>>,
    to: PathBuf,
    handle: Handle,
}

impl Job {
    fn run(&self) -> Result<Value> {
        let workshop = workshop(&self.data);
        // What an interrupted backup has left.
        let _ = fs::remove_dir_all(&workshop);
        fs::create_dir_all(workshop.join("workspaces"))?;
        let made = self.make(&workshop);
        fs::remove_dir_all(&workshop)?;
        let (size, blobs) = made?;
        let seconds = self.made_at.0 / 1000;
        base::files::write_whole(&self.data.join(LAST), seconds.to_string().as_bytes())?;
        Ok(json!({
            "backup": self.to,
            "bytes": size,
            "workspaces": self.houses.len(),
            "blobs": blobs,
            "secrets": self.key.is_some(),
        }))
    }

    fn make(&self, workshop: &Path) -> Result<(u64, u64)> {
        space::must_have(workshop, self.size_of_databases())?;
        let directory = workshop.join("directory.db");
        snapshot(&self.directory, &directory, Directory::MIGRATIONS, &[], self.made_at)?;
        for (url, house) in &self.houses {
            let path = workshop.join(format!("workspaces/{}.db", house.name));
            snapshot(url, &path, self.migrations, &search::DERIVED, self.made_at)?;
        }
        let mut writing = Writing::begin(&self.to, &self.manifest())?;
        writing.put_file("directory.db", &directory)?;
        if let Some(key) = &self.key {
            writing.put(SEALED_KEY, key)?;
        }
        let mut blobs = 0;
        for (_, house) in &self.houses {
            let name = format!("workspaces/{}.db", house.name);
            writing.put_file(&name, &workshop.join(&name))?;
            blobs += self.put_blobs(&mut writing, house)?;
        }
        Ok((writing.finish()?, blobs))
    }

    fn manifest(&self) -> Manifest {
        Manifest {
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            made_at: self.made_at.0 / 1000,
            workspaces: self.houses.iter().map(|(_, house)| house.name.clone()).collect(),
            index_left_out: self.houses.iter().any(|(url, _)| file_of(url).is_none()),
        }
    }

    fn put_blobs(&self, writing: &mut Writing, house: &Workspace) -> Result<u64> {
        let (mut after, mut count) = (String::new(), 0);
        loop {
            self.handle.block_on(house.pause_blob_sweep(HOLDER, PAUSE_SECONDS))?;
            let keys = self.handle.block_on(house.blobs.keys_after(&after, KEYS_AT_ONCE))?;
            let Some(last) = keys.last() else { return Ok(count) };
            after.clone_from(last);
            for key in &keys {
                let bytes = self.handle.block_on(house.blobs.get(key))?;
                writing.put(&format!("blobs/{}/{key}", house.name), &bytes)?;
                count += 1;
            }
        }
    }

    fn size_of_databases(&self) -> u64 {
        let urls = self.houses.iter().map(|(url, _)| url).chain([&self.directory]);
        urls.filter_map(|url| fs::metadata(file_of(url)?).ok()).map(|data| data.len()).sum()
    }
}

fn file_of(url: &str) -> Option<&str> {
    url.strip_prefix("sqlite:")
}

/// One database as an SQLite file.
fn snapshot(
    url: &str,
    path: &Path,
    migrations: &'static [&'static [store::Migration]],
    left_out: &[&str],
    now: base::Time,
) -> Result<()> {
    if file_of(url).is_some() {
        return duplicate(url, path);
    }
    let file = format!("sqlite:{}", path.display());
    Db::open(&file, &Options { readers: 1, ..Options::default() })?.migrate(migrations, now)?;
    copy(&mut Snapshot::open(url)?, &file, left_out, &mut |_| {}).map(drop)?;
    fs::File::open(path)?.sync_all()?;
    Ok(())
}

/// A name for a backup that has none.
pub fn usual_name(now: base::Time) -> Result<String> {
    let at = jiff::Timestamp::from_millisecond(now.0).map_err(|e| invalid("clock", e.to_string()))?;
    Ok(format!("rapport-{}.tar", at.strftime("%Y%m%d-%H%M%S")))
}
