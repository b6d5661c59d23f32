//! Blobs in a local folder.

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use base::Result;
use base::config::Durability;
use base::error::{Error, internal, not_found, unavailable};
use futures_util::stream::{StreamExt, try_unfold};
use tokio::io::AsyncReadExt;

use super::shape::Outgoing;

const PIECE: usize = 64 * 1024;
/// No write lasts so long: whoever began it is gone.
const ABANDONED: Duration = Duration::from_secs(24 * 3600);

pub(crate) struct Folder {
    root: PathBuf,
    durability: Durability,
    /// Folders whose names are on disk. One that another thread has just made is there before it is.
    synced: Mutex<HashSet<PathBuf>>,
}

impl Folder {
    pub fn open(root: PathBuf, durability: Durability) -> Result<Folder> {
        std::fs::create_dir_all(&root)?;
        if durability == Durability::Full {
            // The data directory holds `blobs`, which holds this one.
            root.ancestors().skip(1).take(2).filter(|above| above.is_dir()).try_for_each(sync_folder)?;
        }
        Ok(Folder { root, durability, synced: Mutex::default() })
    }

    /// A place beside, for a blob that is not whole yet. A folder that somebody took away is made again.
    pub fn beside(&self) -> Result<PathBuf> {
        if !self.root.is_dir() {
            self.synced.lock().unwrap_or_else(PoisonError::into_inner).clear();
            std::fs::create_dir_all(&self.root).map_err(not_written)?;
        }
        Ok(self.root.join(format!(".{}", base::secrets::new_token())))
    }

    /// Writes beside and puts it into its place, so that after a power cut the blob is there whole or
    /// not at all.
    pub fn write(&self, key: &str, bytes: &[u8]) -> Result<()> {
        let beside = self.beside()?;
        let written = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&beside)
            .and_then(|mut file| file.write_all(bytes).map(|()| file));
        match written {
            Ok(file) => self.settle(&file, &beside, key),
            Err(e) => {
                let _ = std::fs::remove_file(&beside);
                Err(not_written(e))
            }
        }
    }

    /// Syncs what was written beside, gives it its name, and syncs the folder that holds the name.
    pub fn settle(&self, file: &std::fs::File, beside: &Path, key: &str) -> Result<()> {
        let path = self.root.join(key);
        let folder = path.parent().ok_or_else(|| internal("a blob without a folder"))?;
        self.ensure(folder)?;
        let synced = match self.durability {
            Durability::Full => file.sync_all(),
            Durability::Off => Ok(()),
        };
        if let Err(e) = synced.and_then(|()| std::fs::rename(beside, &path)) {
            let _ = std::fs::remove_file(beside);
            return Err(not_written(e));
        }
        if self.durability == Durability::Full {
            sync_folder(folder)?;
        }
        Ok(())
    }

    pub fn read(&self, key: &str) -> Result<Vec<u8>> {
        std::fs::read(self.root.join(key)).map_err(not_read)
    }

    pub async fn open_file(&self, key: &str) -> Result<Outgoing> {
        let file = tokio::fs::File::open(self.root.join(key)).await.map_err(not_read)?;
        let size = file.metadata().await?.len();
        let next = |mut file: tokio::fs::File| async move {
            let mut piece = vec![0; PIECE];
            let read = file.read(&mut piece).await?;
            piece.truncate(read);
            Ok::<_, Error>((read > 0).then_some((piece, file)))
        };
        Ok(Outgoing { size, pieces: try_unfold(file, next).boxed() })
    }

    pub fn remove(&self, key: &str) -> Result<()> {
        match std::fs::remove_file(self.root.join(key)) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(internal(e)),
            _ => Ok(()),
        }
    }

    pub fn keys_after(&self, after: &str, limit: usize) -> Result<Vec<String>> {
        let after: Vec<&str> = after.split('/').filter(|part| !part.is_empty()).collect();
        let mut found = Vec::new();
        collect(&self.root, "", &after, limit, &mut found)?;
        Ok(found)
    }

    /// Makes a folder with those above it, and puts the name of each on disk.
    fn ensure(&self, folder: &Path) -> Result<()> {
        if self.durability == Durability::Off {
            return Ok(std::fs::create_dir_all(folder)?);
        }
        let known = || self.synced.lock().unwrap_or_else(PoisonError::into_inner);
        if known().contains(folder) {
            return Ok(());
        }
        std::fs::create_dir_all(folder)?;
        folder
            .ancestors()
            .skip(1)
            .take_while(|above| above.starts_with(&self.root))
            .try_for_each(sync_folder)?;
        known().insert(folder.to_owned());
        Ok(())
    }
}

fn sync_folder(folder: &Path) -> Result<()> {
    Ok(std::fs::File::open(folder)?.sync_all()?)
}

fn not_written(e: std::io::Error) -> Error {
    unavailable("blob_not_written", "The file could not be stored. Is the disk full?").because(e)
}

fn not_read(e: std::io::Error) -> Error {
    match e.kind() {
        std::io::ErrorKind::NotFound => not_found("blob_missing"),
        _ => internal(e),
    }
}

/// Walks folder by folder in the order of their names; only one folder's names are held at a time.
fn collect(folder: &Path, above: &str, after: &[&str], limit: usize, found: &mut Vec<String>) -> Result<()> {
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        match name.starts_with('.') {
            true => drop_abandoned(&entry),
            false => entries.push((name, entry.file_type()?.is_dir())),
        }
    }
    entries.sort_unstable();
    for (name, is_folder) in entries {
        if found.len() >= limit {
            break;
        }
        let key = if above.is_empty() { name.clone() } else { format!("{above}/{name}") };
        let begun = after.first() == Some(&name.as_str());
        if after.first().is_some_and(|first| name.as_str() < *first) {
            continue;
        }
        match is_folder {
            true => {
                let rest = if begun { &after[1..] } else { &[] };
                collect(&folder.join(&name), &key, rest, limit, found)?;
            }
            false if begun => {}
            false => found.push(key),
        }
    }
    Ok(())
}

/// Names that begin with a dot are writes under way.
fn drop_abandoned(entry: &std::fs::DirEntry) {
    let age = entry.metadata().and_then(|m| m.modified()).ok().and_then(|at| at.elapsed().ok());
    if age.is_some_and(|age| age > ABANDONED) {
        let _ = std::fs::remove_file(entry.path());
    }
}
