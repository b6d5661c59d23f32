//! `rapport restore`: an installation out of a backup, or back to how it was before an upgrade.

use std::fs;
use std::path::{Path, PathBuf};

use base::error::{conflict, internal, invalid};
use base::{Clock, Config, Result};
use conversations::actions::doubt::doubt_outgoing;
use journal::{Caller, Workspace};
use serde_json::{Value, json};

use crate::archive::{Manifest, SEALED_KEY, open_key, unpack};
use crate::installation::{Installation, usual_url};
use crate::moving;
use crate::workspaces::{Alone, Workspaces};

/// What is given on the command line.
pub struct Order {
    pub file: PathBuf,
    pub passphrase: Option<String>,
    /// Go on although the backup's key can't be opened: stored passwords are lost.
    pub without_secrets: bool,
}

/// Here lies what is being restored. While it is there the installation is not whole.
fn workshop(data: &Path) -> PathBuf {
    data.join("restoring")
}

/// # Errors
/// Conflict when a restore was begun in this folder and did not end.
pub fn must_be_whole(data: &Path) -> Result<()> {
    match workshop(data).exists() {
        false => Ok(()),
        true => Err(conflict(
            "restore_unfinished",
            format!(
                "A restore into {} was not finished. Empty the folder and restore again.",
                data.display()
            ),
        )),
    }
}

/// # Errors
/// Invalid when the folder is not empty or the backup is damaged; then nothing is left in the folder.
pub fn restore(config: Config, order: &Order) -> Result<Value> {
    let data = config.data.clone();
    must_be_empty(&data)?;
    let workshop = workshop(&data);
    fs::create_dir_all(&workshop)?;
    let unpacked = unpack(&order.file, &workshop).and_then(|manifest| {
        let key = key(&workshop, order)?;
        Ok((manifest, key))
    });
    let (manifest, key) = match unpacked {
        Ok(unpacked) => unpacked,
        Err(e) => {
            fs::remove_dir_all(&workshop)?;
            return Err(e);
        }
    };
    if let Some(key) = &key {
        base::files::write_whole(&data.join("secret.key"), key)?;
    }
    fs::rename(workshop.join("directory.db"), data.join("directory.db"))?;
    for folder in ["workspaces", "blobs"] {
        // Blobs that lie in an object store are taken there from here.
        let stays = folder == "blobs" && config.blobs.is_some();
        if workshop.join(folder).exists() && !stays {
            fs::rename(workshop.join(folder), data.join(folder))?;
        }
    }
    let files = Config { database: None, ..config.clone() };
    settle(&files, &workshop, &manifest)?;
    fs::remove_dir_all(&workshop)?;
    if let Some(url) = &config.database {
        moving::migrate_to(files, url, &mut |_| {})?;
    }
    Ok(json!({"restored": manifest.workspaces, "made_at": manifest.made_at, "secrets": key.is_some()}))
}

fn must_be_empty(data: &Path) -> Result<()> {
    fs::create_dir_all(data)?;
    must_be_whole(data)?;
    match fs::read_dir(data)?.next() {
        None => Ok(()),
        Some(_) => {
            let sentence =
                format!("{} is not empty. Restore into an empty folder: --data DIR.", data.display());
            Err(invalid("data_not_empty", sentence))
        }
    }
}

fn key(workshop: &Path, order: &Order) -> Result<Option<Vec<u8>>> {
    let sealed = workshop.join(SEALED_KEY);
    match (sealed.exists(), &order.passphrase) {
        (true, Some(passphrase)) => open_key(&fs::read(sealed)?, passphrase).map(Some),
        (true, None) if !order.without_secrets => Err(invalid(
            "passphrase_missing",
            "This backup holds secrets. Give its passphrase with --passphrase-stdin, or go on --without-secrets.",
        )),
        (false, Some(_)) if !order.without_secrets => Err(invalid(
            "no_secrets",
            "This backup was made without a passphrase, so it holds no secrets. Go on with --without-secrets.",
        )),
        _ => Ok(None),
    }
}

/// What can be done only once the databases are in their place.
fn settle(config: &Config, workshop: &Path, manifest: &Manifest) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let (installation, _) = Installation::open(config.clone(), Clock::system())?
        .ok_or_else(|| conflict("data_in_use", "Another Rapport uses this folder."))?;
    runtime.block_on(async {
        for name in &manifest.workspaces {
            installation.directory.set_url(name, &usual_url(config, name)).await?;
            let house = Alone.find(&installation, name).await?;
            // It may have been SQLite or PostgreSQL.
            house.adopt_order().await?;
            while house.write(Caller::system(), doubt_outgoing).await? {}
            if manifest.index_left_out {
                house.write(Caller::system(), search::rebuild).await?;
            }
            put_blobs(&house, &workshop.join("blobs").join(name)).await?;
        }
        Ok(())
    })
}

/// Into the object store; a local folder has them already.
async fn put_blobs(house: &Workspace, root: &Path) -> Result<()> {
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop().filter(|folder| folder.exists()) {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let key = path.strip_prefix(root).map_err(internal)?.to_string_lossy().into_owned();
            house.blobs.put(&key, fs::read(&path)?).await?;
        }
    }
    Ok(())
}
