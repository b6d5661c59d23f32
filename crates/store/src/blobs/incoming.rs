//! A blob on its way in, in pieces: written beside until it is whole and has a name.

use std::path::PathBuf;
use std::sync::Arc;

use base::Result;
use base::error::{internal, unavailable};
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};

use super::folder::Folder;
use super::objects::Objects;
use super::shape::{blocking, check};

/// What is sent to a store at once; the least that S3 takes for a part is 5 MiB.
const PART: usize = 5 * 1024 * 1024;
const PARTS_AT_ONCE: usize = 2;

/// Dropped before [`Incoming::finish`], it leaves nothing.
pub struct Incoming {
    file: File,
    path: PathBuf,
    to: To,
}

enum To {
    Folder(Arc<Folder>),
    Objects(Objects),
}

impl Incoming {
    pub(super) async fn into_folder(folder: Arc<Folder>) -> Result<Incoming> {
        let path = folder.beside()?;
        Incoming::at(path, To::Folder(folder)).await
    }

    /// The name is made of the content, so a store can't be told it before all is here.
    pub(super) async fn into_objects(objects: Objects) -> Result<Incoming> {
        let path = std::env::temp_dir().join(format!("rapport-{}", base::secrets::new_token()));
        Incoming::at(path, To::Objects(objects)).await
    }

    async fn at(path: PathBuf, to: To) -> Result<Incoming> {
        let mut options = File::options();
        let opened = options.read(true).write(true).create_new(true).mode(0o600).open(&path).await;
        Ok(Incoming { file: opened.map_err(full)?, path, to })
    }

    pub async fn write(&mut self, piece: &[u8]) -> Result<()> {
        self.file.write_all(piece).await.map_err(full)
    }

    /// On disk, or acknowledged by the store, when this answers.
    pub async fn finish(mut self, key: &str) -> Result<()> {
        check(key)?;
        self.file.flush().await.map_err(full)?;
        match &self.to {
            To::Folder(folder) => {
                let file = self.file.try_clone().await?.into_std().await;
                let (folder, path, key) = (folder.clone(), self.path.clone(), key.to_owned());
                blocking(move || folder.settle(&file, &path, &key)).await
            }
            To::Objects(objects) => {
                let objects = objects.clone();
                self.send(&objects, key).await
            }
        }
    }

    async fn send(&mut self, objects: &Objects, key: &str) -> Result<()> {
        self.file.rewind().await?;
        let mut part = vec![0; PART];
        let mut read = fill(&mut self.file, &mut part).await?;
        if read < PART {
            part.truncate(read);
            return objects.put(key, part).await;
        }
        let mut upload = objects.begin(key).await?;
        while read > 0 {
            upload.wait_for_capacity(PARTS_AT_ONCE).await.map_err(internal)?;
            upload.write(&part[..read]);
            read = fill(&mut self.file, &mut part).await?;
        }
        objects.finish(upload).await
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // It has its name already, or nobody will ever name it.
        let _ = std::fs::remove_file(&self.path);
    }
}

async fn fill(file: &mut File, part: &mut [u8]) -> Result<usize> {
    let mut filled = 0;
    while filled < part.len() {
        match file.read(&mut part[filled..]).await? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

fn full(e: std::io::Error) -> base::Error {
    unavailable("blob_not_written", "The file could not be stored. Is the disk full?").because(e)
}
