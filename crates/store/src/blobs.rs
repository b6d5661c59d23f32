//! Blobs: attachments and large raw mails, in a local folder or in S3-compatible storage.
//!
//! A blob is written and synced before the row that names it; only a sweep removes blobs.

mod folder;
mod incoming;
mod objects;
mod shape;

use std::path::PathBuf;
use std::sync::Arc;

use base::Result;
use base::config::{BlobPlace, Durability};
use base::error::invalid;
use object_store::aws::AmazonS3Builder;

use folder::Folder;
pub use incoming::Incoming;
use objects::Objects;
pub use shape::Outgoing;
use shape::{blocking, check};

/// Keys are made by us (`ab/abcdef…`): letters, digits, `-`, `_`, `.` and `/`, never a name from outside.
#[derive(Clone)]
pub struct Blobs(Place);

#[derive(Clone)]
enum Place {
    Folder(Arc<Folder>),
    Objects(Objects),
}

impl Blobs {
    pub fn folder(root: PathBuf, durability: Durability) -> Result<Blobs> {
        Ok(Blobs(Place::Folder(Arc::new(Folder::open(root, durability)?))))
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
        Ok(Blobs(Place::Objects(Objects::new(Arc::new(store), prefix))))
    }

    #[cfg(test)]
    pub(crate) fn in_memory(prefix: &str) -> Blobs {
        Blobs(Place::Objects(Objects::new(Arc::new(object_store::memory::InMemory::new()), prefix)))
    }

    /// Whether other nodes see what this one writes.
    pub fn is_shared(&self) -> bool {
        matches!(self.0, Place::Objects(_))
    }

    /// On disk, or acknowledged by the store, when this answers. The same key again is the same blob.
    pub async fn put(&self, key: &str, bytes: Vec<u8>) -> Result<()> {
        check(key)?;
        match &self.0 {
            Place::Folder(folder) => {
                let (folder, key) = (folder.clone(), key.to_owned());
                blocking(move || folder.write(&key, &bytes)).await
            }
            Place::Objects(objects) => objects.put(key, bytes).await,
        }
    }

    /// Begins a blob that comes in pieces.
    pub async fn begin(&self) -> Result<Incoming> {
        match &self.0 {
            Place::Folder(folder) => Incoming::into_folder(folder.clone()).await,
            Place::Objects(objects) => Incoming::into_objects(objects.clone()).await,
        }
    }

    pub async fn get(&self, key: &str) -> Result<Vec<u8>> {
        check(key)?;
        match &self.0 {
            Place::Folder(folder) => {
                let (folder, key) = (folder.clone(), key.to_owned());
                blocking(move || folder.read(&key)).await
            }
            Place::Objects(objects) => objects.get(key).await,
        }
    }

    /// In pieces, for answers that go out as they are read.
    pub async fn open(&self, key: &str) -> Result<Outgoing> {
        check(key)?;
        match &self.0 {
            Place::Folder(folder) => folder.open_file(key).await,
            Place::Objects(objects) => objects.open(key).await,
        }
    }

    /// Removing what is not there is fine.
    pub async fn remove(&self, key: &str) -> Result<()> {
        check(key)?;
        match &self.0 {
            Place::Folder(folder) => {
                let (folder, key) = (folder.clone(), key.to_owned());
                blocking(move || folder.remove(&key)).await
            }
            Place::Objects(objects) => objects.remove(key).await,
        }
    }

    /// The next keys after `after`, in an order of their own, for the sweep and for backups. On the way
    /// a local folder is freed of what was left half written a day ago.
    pub async fn keys_after(&self, after: &str, limit: usize) -> Result<Vec<String>> {
        match &self.0 {
            Place::Folder(folder) => {
                let (folder, after) = (folder.clone(), after.to_owned());
                blocking(move || folder.keys_after(&after, limit)).await
            }
            Place::Objects(objects) => objects.keys_after(after, limit).await,
        }
    }
}
