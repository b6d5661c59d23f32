//! Small files that must be whole after a power cut: keys, certificates, addresses.

use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use crate::error::{Result, internal};

/// Writes beside, syncs, renames and syncs the folder: the file is there whole or not at all. Only its
/// owner can read it.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().ok_or_else(|| internal("a file without a folder"))?;
    let name = path.file_name().ok_or_else(|| internal("a file without a name"))?;
    let beside = folder.join(format!(".{}-{:032x}", name.to_string_lossy(), rand::random::<u128>()));
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
    let written =
        file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&beside, path));
    if let Err(e) = written {
        let _ = fs::remove_file(&beside);
        return Err(e.into());
    }
    Ok(fs::File::open(folder)?.sync_all()?)
}
