//! What is kept before an upgrade, and the way back.
//!
//! All migrations of a database are one transaction, so an upgrade that fails changes nothing. A copy is
//! kept all the same: the new version itself may turn out wrong. On PostgreSQL copies are the operator's.

use std::fs;
use std::path::{Path, PathBuf};

use base::Result;
use base::error::{conflict, not_found};
use serde_json::{Value, json};
use store::copy::duplicate;
use store::{Db, Migration, Options};

use crate::space;

fn kept(data: &Path) -> PathBuf {
    data.join("before-upgrade")
}

/// Keeps a copy of a database that is about to be upgraded. Does nothing for one that is new, is up to
/// date, or lies on a server.
///
/// # Errors
/// Invalid when the disk is too full for the copy: then the upgrade is not begun.
pub fn keep_copy(
    data: &Path,
    url: &str,
    name: &str,
    migrations: &'static [&'static [Migration]],
) -> Result<()> {
    let Some(file) = url.strip_prefix("sqlite:").map(Path::new).filter(|file| file.exists()) else {
        return Ok(());
    };
    let standing = Db::open(url, &Options { readers: 1, ..Options::default() })?.standing(migrations)?;
    if standing.empty || !standing.behind {
        return Ok(());
    }
    let folder = kept(data);
    fs::create_dir_all(&folder)?;
    // The copy, and what the upgrade itself may rewrite.
    space::must_have(&folder, fs::metadata(file)?.len().saturating_mul(2))?;
    let part = folder.join(format!("{name}.part"));
    let _ = fs::remove_file(&part);
    duplicate(url, &part)?;
    fs::rename(&part, folder.join(format!("{name}.db")))?;
    fs::File::open(&folder)?.sync_all()?;
    tracing::info!(database = name, "a copy was kept before the upgrade");
    Ok(())
}

/// Puts the kept copies back; what stood there until now is moved to `after-upgrade`. The caller holds
/// the lock on the folder. What was on its way then may have gone out since: it is marked as unknown.
pub fn go_back(data: &Path) -> Result<Value> {
    let mut copies: Vec<PathBuf> = match fs::read_dir(kept(data)) {
        Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect(),
        Err(_) => Vec::new(),
    };
    copies.retain(|path| path.extension().is_some_and(|ending| ending == "db"));
    copies.sort();
    if copies.is_empty() {
        return Err(not_found("no_copy").because("before-upgrade holds nothing"));
    }
    let aside = data.join("after-upgrade");
    if aside.exists() {
        let sentence = format!("{} is there already. Move it away first.", aside.display());
        return Err(conflict("after_upgrade_exists", sentence));
    }
    fs::create_dir_all(aside.join("workspaces"))?;
    let mut back = Vec::new();
    for copy in copies {
        let name = copy.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let place =
            if name == DIRECTORY { "directory.db".to_owned() } else { format!("workspaces/{name}.db") };
        put_back(data, &aside, &copy, &place)?;
        back.push(name);
    }
    Ok(json!({"back": back, "moved_to": aside}))
}

/// The name under which the directory's copy is kept: no workspace can be called so.
pub const DIRECTORY: &str = "-directory";

fn put_back(data: &Path, aside: &Path, copy: &Path, place: &str) -> Result<()> {
    let url = |path: &Path| format!("sqlite:{}", path.display());
    let options = Options { readers: 1, ..Options::default() };
    let present = data.join(place);
    if present.exists() {
        // Closing the last connection brings the log into the file.
        drop(Db::open(&url(&present), &options)?);
        fs::rename(&present, aside.join(place))?;
    }
    for ending in ["-wal", "-shm"] {
        let _ = fs::remove_file(data.join(format!("{place}{ending}")));
    }
    fs::rename(copy, &present)?;
    if place.starts_with("workspaces/") {
        let restored = Db::open(&url(&present), &options)?;
        restored.write_blocking(conversations::actions::doubt::doubt_rows)?;
    }
    Ok(())
}
