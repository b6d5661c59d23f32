//! Blobs in S3-compatible storage.

use std::sync::Arc;

use base::Result;
use base::error::{Error, not_found, unavailable};
use futures_util::{StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, WriteMultipart};

use super::shape::Outgoing;

#[derive(Clone)]
pub(crate) struct Objects {
    store: Arc<dyn ObjectStore>,
    prefix: Arc<str>,
}

impl Objects {
    pub fn new(store: Arc<dyn ObjectStore>, prefix: &str) -> Objects {
        Objects { store, prefix: prefix.into() }
    }

    fn object(&self, key: &str) -> Path {
        Path::from(format!("{}/{key}", self.prefix))
    }

    pub async fn put(&self, key: &str, bytes: Vec<u8>) -> Result<()> {
        self.store.put(&self.object(key), bytes.into()).await.map(drop).map_err(failed)
    }

    /// For a blob that is sent in parts; it is there when the parts were put together.
    pub async fn begin(&self, key: &str) -> Result<WriteMultipart> {
        let upload = self.store.put_multipart(&self.object(key)).await.map_err(failed)?;
        Ok(WriteMultipart::new(upload))
    }

    pub async fn finish(&self, upload: WriteMultipart) -> Result<()> {
        upload.finish().await.map(drop).map_err(failed)
    }

    pub async fn get(&self, key: &str) -> Result<Vec<u8>> {
        let found = self.store.get(&self.object(key)).await.map_err(failed)?;
        Ok(found.bytes().await.map_err(failed)?.to_vec())
    }

    pub async fn open(&self, key: &str) -> Result<Outgoing> {
        let found = self.store.get(&self.object(key)).await.map_err(failed)?;
        let size = found.meta.size;
        let pieces = found.into_stream().map_ok(|piece| piece.to_vec()).map_err(failed).boxed();
        Ok(Outgoing { size, pieces })
    }

    pub async fn remove(&self, key: &str) -> Result<()> {
        match self.store.delete(&self.object(key)).await {
            Err(object_store::Error::NotFound { .. }) | Ok(()) => Ok(()),
            Err(e) => Err(failed(e)),
        }
    }

    pub async fn keys_after(&self, after: &str, limit: usize) -> Result<Vec<String>> {
        let below = Path::from(self.prefix.as_ref());
        let listed = match after {
            "" => self.store.list(Some(&below)),
            after => self.store.list_with_offset(Some(&below), &self.object(after)),
        };
        let cut = self.prefix.len() + 1;
        let keys = listed.take(limit).map_ok(|meta| meta.location.as_ref().get(cut..).map(str::to_owned));
        let keys: Vec<Option<String>> = keys.try_collect().await.map_err(failed)?;
        Ok(keys.into_iter().flatten().collect())
    }
}

fn failed(e: object_store::Error) -> Error {
    match e {
        object_store::Error::NotFound { .. } => not_found("blob_missing"),
        other => {
            unavailable("blob_store_unavailable", "The attachment store can't be reached.").because(other)
        }
    }
}
