//! Blobs: attachments and large raw mails, in a local folder or in S3-compatible storage.
//!
//! A blob is written and synced before the row that names it; only a sweep removes blobs.

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use base::Result;
use base::config::{BlobPlace, Durability};
use base::error::{internal, invalid, not_found, unavailable};
use futures_util::TryStreamExt;
use object_store::aws::AmazonS3Builder;
use object_store::{ObjectStore, ObjectStoreExt};

/// Keys are made by us (`ab/abcdef…`): letters, digits, `-`, `_` and `/`, never a name from outside.
#[derive(Clone)]
pub struct Blobs(Place);

#[derive(Clone)]
enum Place {
    Folder(Arc<Folder>),
    Store { store: Arc<dyn ObjectStore>, prefix: Arc<str> },
}

struct Folder {
    root: PathBuf,
    durability: Durability,
    /// Folders whose names are on disk. One that another thread has just made is there before it is.
    synced: Mutex<HashSet<PathBuf>>,
}

impl Blobs {
    pub fn folder(root: PathBuf, durability: Durability) -> Result<Blobs> {
        std::fs::create_dir_all(&root)?;
        if durability == Durability::Full {
            // The data directory holds `blobs`, which holds this one.
            root.ancestors().skip(1).take(2).filter(|above| above.is_dir()).try_for_each(sync_folder)?;
        }
        Ok(Blobs(Place::Folder(Arc::new(Folder { root, durability, synced: Mutex::default() }))))
    }

    /// Everything of one workspace lies below `prefix`.
    pub fn store(place: &BlobPlace, prefix: &str) -> Result<Blobs> {
        let store = AmazonS3Builder::new()
            .with_endpoint(&place.endpoint)
            .with_allow_http(place.endpoint.starts_with("http://"))
            .with_bucket_name(&place.bucket)
            .with_region(&place.region)
            .with_access_key_id(&place.access_key)
            .with_secret_access_key(&place.secret_key)
            .build()
            .map_err(|e| {
                invalid("blob_settings", "The settings of the attachment store are wrong.").because(e)
            })?;
        Ok(Blobs(Place::Store { store: Arc::new(store), prefix: prefix.into() }))
    }

    /// Whether other nodes see what this one writes.
    pub fn is_shared(&self) -> bool {
        matches!(self.0, Place::Store { .. })
    }

    /// On disk, or acknowledged by the store, when this answers. The same key again is the same blob.
    pub async fn put(&self, key: &str, bytes: Vec<u8>) -> Result<()> {
        check(key)?;
        match &self.0 {
            Place::Folder(folder) => {
                let (folder, path) = (folder.clone(), folder.root.join(key));
                blocking(move || folder.write(&path, &bytes)).await
            }
            Place::Store { store, prefix } => {
                store.put(&object(prefix, key), bytes.into()).await.map(drop).map_err(store_failed)
            }
        }
    }

    pub async fn get(&self, key: &str) -> Result<Vec<u8>> {
        check(key)?;
        match &self.0 {
            Place::Folder(folder) => {
                let path = folder.root.join(key);
                blocking(move || match std::fs::read(&path) {
                    Ok(bytes) => Ok(bytes),
                    Err(e) if e.kind() == std::io::ErrorKind::NotFound => Err(not_found("blob_missing")),
                    Err(e) => Err(internal(e)),
                })
                .await
            }
            Place::Store { store, prefix } => {
                let found = store.get(&object(prefix, key)).await.map_err(store_failed)?;
                Ok(found.bytes().await.map_err(store_failed)?.to_vec())
            }
        }
    }

    /// Removing what is not there is fine.
    pub async fn remove(&self, key: &str) -> Result<()> {
        check(key)?;
        match &self.0 {
            Place::Folder(folder) => {
                let path = folder.root.join(key);
                blocking(move || match std::fs::remove_file(&path) {
                    Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(internal(e)),
                    _ => Ok(()),
                })
                .await
            }
            Place::Store { store, prefix } => match store.delete(&object(prefix, key)).await {
                Err(object_store::Error::NotFound { .. }) | Ok(()) => Ok(()),
                Err(e) => Err(store_failed(e)),
            },
        }
    }

    /// All keys, for the sweep and for backups.
    pub async fn keys(&self) -> Result<Vec<String>> {
        match &self.0 {
            Place::Folder(folder) => {
                let folder = folder.clone();
                blocking(move || {
                    let mut found = Vec::new();
                    collect(&folder.root, &folder.root, &mut found)?;
                    Ok(found)
                })
                .await
            }
            Place::Store { store, prefix } => {
                let below = object_store::path::Path::from(prefix.as_ref());
                let listed: Vec<_> = store.list(Some(&below)).try_collect().await.map_err(store_failed)?;
                let cut = prefix.len() + 1;
                Ok(listed.iter().filter_map(|m| m.location.as_ref().get(cut..)).map(str::to_owned).collect())
            }
        }
    }
}

fn object(prefix: &str, key: &str) -> object_store::path::Path {
    object_store::path::Path::from(format!("{prefix}/{key}"))
}

fn store_failed(e: object_store::Error) -> base::Error {
    match e {
        object_store::Error::NotFound { .. } => not_found("blob_missing"),
        other => {
            unavailable("blob_store_unavailable", "The attachment store can't be reached.").because(other)
        }
    }
}

fn check(key: &str) -> Result<()> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '.');
    let ok = !key.is_empty() && key.len() <= 200 && key.chars().all(plain) && !key.contains("..");
    if ok && !key.starts_with('/') { Ok(()) } else { Err(internal("a blob key of a wrong form")) }
}

async fn blocking<T: Send + 'static>(body: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(body).await.map_err(internal)?
}

impl Folder {
    /// Writes beside, syncs, renames, and syncs the folders, so that after a power cut the blob is there
    /// whole or not at all.
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let folder = path.parent().ok_or_else(|| internal("a blob without a folder"))?;
        self.ensure(folder)?;
        let beside = folder.join(format!(".{}", base::secrets::new_token()));
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(&beside)?;
        let written = file.write_all(bytes).and_then(|()| match self.durability {
            Durability::Full => file.sync_all(),
            Durability::Off => Ok(()),
        });
        if let Err(e) = written.and_then(|()| std::fs::rename(&beside, path)) {
            let _ = std::fs::remove_file(&beside);
            return Err(
                unavailable("blob_not_written", "The file could not be stored. Is the disk full?").because(e)
            );
        }
        if self.durability == Durability::Full {
            sync_folder(folder)?;
        }
        Ok(())
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

fn collect(root: &Path, folder: &Path, found: &mut Vec<String>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            collect(root, &entry.path(), found)?;
        } else if let Ok(key) = entry.path().strip_prefix(root) {
            let key = key.to_string_lossy().into_owned();
            // Names that begin with a dot are writes under way.
            if !key.rsplit('/').next().is_some_and(|name| name.starts_with('.')) {
                found.push(key);
            }
        }
    }
    Ok(())
}
