//! A digest over the contents of files, so that a touched but unchanged file costs nothing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// FNV-1a in 128 bits: not secret, only distinct.
pub struct Digest(u128);

impl Digest {
    pub fn new() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    pub fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }

    pub fn hex(&self) -> String {
        format!("{:032x}", self.0)
    }
}

/// The digest of files and folders under `root`, names and contents, in a fixed order.
pub fn of(root: &Path, sources: &[&str]) -> io::Result<String> {
    let mut digest = Digest::new();
    for source in sources {
        for file in files(&root.join(source))? {
            digest.add(
                file.strip_prefix(root).unwrap_or(&file).to_string_lossy().replace('\\', "/").as_bytes(),
            );
            digest.add(&[0]);
            digest.add(&fs::read(&file)?);
            digest.add(&[0]);
        }
    }
    Ok(digest.hex())
}

/// All files at or below a path, sorted.
pub fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(path)? {
        found.extend(files(&entry?.path())?);
    }
    found.sort();
    Ok(found)
}
