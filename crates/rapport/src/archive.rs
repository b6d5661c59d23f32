//! The file of a backup: a tar archive whose last entry holds the hash of every other.
//!
//! `manifest.json`, `directory.db`, `workspaces/NAME.db`, `secret.key.sealed` (only with a passphrase),
//! `blobs/NAME/KEY`, `checksums.json`. Databases are SQLite files whatever the installation runs on, so
//! that a backup can be looked into with any tool and restored to either engine.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};

use base::Result;
use base::error::{conflict, internal, invalid};
use base::secrets::{Hashing, Secrets};
use serde::{Deserialize, Serialize};

pub const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";
const CHECKSUMS: &str = "checksums.json";
pub const SEALED_KEY: &str = "secret.key.sealed";

/// What a backup says of itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// The version of the program that made it.
    pub version: String,
    /// Seconds since 1970.
    pub made_at: i64,
    pub workspaces: Vec<String>,
    /// The search index is not in it and has to be made anew.
    pub index_left_out: bool,
}

/// An archive that is being written, under a name of its own until it is whole.
pub struct Writing {
    tar: tar::Builder<File>,
    sums: BTreeMap<String, String>,
    part: PathBuf,
    to: PathBuf,
}

impl Writing {
    pub fn begin(to: &Path, manifest: &Manifest) -> Result<Writing> {
        if to.exists() {
            let sentence = format!("{} is there already. Name another file.", to.display());
            return Err(conflict("backup_exists", sentence));
        }
        let part = PathBuf::from(format!("{}.part", to.display()));
        let file = File::create(&part).map_err(|e| {
            invalid("backup_file", format!("{} can't be written: {e}. Name another file.", part.display()))
        })?;
        let mut writing =
            Writing { tar: tar::Builder::new(file), sums: BTreeMap::new(), part, to: to.to_owned() };
        writing.put(MANIFEST, &serde_json::to_vec_pretty(manifest)?)?;
        Ok(writing)
    }

    pub fn put(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        self.put_stream(name, bytes.len() as u64, bytes)
    }

    pub fn put_file(&mut self, name: &str, path: &Path) -> Result<()> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        self.put_stream(name, size, file)
    }

    fn put_stream(&mut self, name: &str, size: u64, from: impl Read) -> Result<()> {
        let mut header = tar::Header::new_gnu();
        header.set_size(size);
        header.set_mode(0o600);
        let mut hashed = Hashed { from, hash: Hashing::default() };
        self.tar.append_data(&mut header, name, &mut hashed)?;
        self.sums.insert(name.to_owned(), hashed.hash.hex());
        Ok(())
    }

    /// On disk under its name when this answers; answers its size.
    pub fn finish(mut self) -> Result<u64> {
        let sums = serde_json::to_vec(&self.sums)?;
        self.put(CHECKSUMS, &sums)?;
        let file = self.tar.into_inner()?;
        file.sync_all()?;
        let size = file.metadata()?.len();
        fs::rename(&self.part, &self.to)?;
        let folder = self.to.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()?;
        Ok(size)
    }
}

/// Unpacks an archive into a folder, checking every file.
///
/// # Errors
/// Invalid when it is no backup, is damaged or was cut off; nothing outside of the folder is touched.
pub fn unpack(file: &Path, into: &Path) -> Result<Manifest> {
    let open = File::open(file)
        .map_err(|e| invalid("backup_file", format!("{} can't be read: {e}.", file.display())))?;
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut archive = tar::Archive::new(io::BufReader::with_capacity(1 << 20, open));
    for entry in archive.entries().map_err(damaged)? {
        let mut entry = entry.map_err(damaged)?;
        let name = plain(&entry.path().map_err(damaged)?)?;
        let path = into.join(&name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut hashed = Hashed { from: &mut entry, hash: Hashing::default() };
        let mut out = File::create(&path)?;
        io::copy(&mut hashed, &mut out).map_err(damaged)?;
        out.sync_all()?;
        found.insert(name, hashed.hash.hex());
    }
    check(into, found)
}

fn check(into: &Path, mut found: BTreeMap<String, String>) -> Result<Manifest> {
    let cut =
        || invalid("backup_damaged", "This backup is incomplete: its end is missing. Take another one.");
    found.remove(CHECKSUMS).ok_or_else(cut)?;
    let sums: BTreeMap<String, String> =
        serde_json::from_slice(&fs::read(into.join(CHECKSUMS))?).map_err(damaged)?;
    if let Some((name, _)) = sums.iter().find(|(name, sum)| found.get(*name) != Some(sum)) {
        let sentence = format!("This backup is damaged: {name} is not what was saved. Take another one.");
        return Err(invalid("backup_damaged", sentence));
    }
    let manifest: Manifest = serde_json::from_slice(&fs::read(into.join(MANIFEST))?).map_err(damaged)?;
    match manifest.format {
        FORMAT => Ok(manifest),
        _ => Err(conflict(
            "backup_newer",
            "This backup was made by a newer Rapport. Restore it with that one.",
        )),
    }
}

fn damaged(e: impl std::fmt::Display) -> base::Error {
    invalid("backup_damaged", "This file is no backup of Rapport, or it is damaged.").because(e.to_string())
}

/// Only names that we write: no way out of the folder.
fn plain(path: &Path) -> Result<String> {
    let usual = path.components().all(|part| matches!(part, Component::Normal(_)));
    match path.to_str().filter(|name| usual && !name.is_empty()) {
        Some(name) => Ok(name.to_owned()),
        None => Err(damaged("a name that leads out of the archive")),
    }
}

struct Hashed<R> {
    from: R,
    hash: Hashing,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(into)?;
        self.hash.add(&into[..count]);
        Ok(count)
    }
}

const SALT_LEN: usize = 16;
const PLACE: &str = "backup.secret.key";

/// The installation's key, locked with a passphrase (Argon2id, RFC 9106, then XChaCha20-Poly1305).
pub fn seal_key(key: &[u8], passphrase: &str) -> Result<Vec<u8>> {
    let salt: [u8; SALT_LEN] = rand::random();
    let sealed = lock_of(passphrase, &salt)?.seal(PLACE, key)?;
    let mut out = salt.to_vec();
    out.write_all(&sealed)?;
    Ok(out)
}

pub fn open_key(sealed: &[u8], passphrase: &str) -> Result<Vec<u8>> {
    let wrong = || invalid("passphrase_wrong", "The passphrase is not the one of this backup.");
    let (salt, sealed) = sealed.split_at_checked(SALT_LEN).ok_or_else(wrong)?;
    lock_of(passphrase, salt)?.open_sealed(PLACE, sealed).map_err(|_| wrong())
}

fn lock_of(passphrase: &str, salt: &[u8]) -> Result<Secrets> {
    let mut key = [0u8; 32];
    argon2::Argon2::default()
        .hash_password_into(passphrase.as_bytes(), salt, &mut key)
        .map_err(|e| internal(e.to_string()))?;
    Ok(Secrets::from_bytes(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let version = "0.1.0".to_owned();
        Manifest { format: FORMAT, version, made_at: 1, workspaces: vec![], index_left_out: false }
    }

    fn made(folder: &Path) -> PathBuf {
        let file = folder.join("a.tar");
        let mut writing = Writing::begin(&file, &manifest()).expect("begins");
        writing.put("blobs/main/ab/abc", b"picture").expect("put");
        writing.put("directory.db", &[7; 70_000]).expect("put");
        writing.finish().expect("finished");
        file
    }

    #[test]
    fn what_was_put_in_comes_out_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = made(folder.path());
        let into = folder.path().join("out");
        assert_eq!(unpack(&file, &into).expect("whole").version, "0.1.0");
        assert_eq!(fs::read(into.join("blobs/main/ab/abc")).expect("there"), b"picture");
        assert_eq!(Writing::begin(&file, &manifest()).err().expect("refused").code, "backup_exists");
    }

    #[test]
    fn a_changed_byte_and_a_lost_end_are_noticed_wherever_they_are() {
        let folder = tempfile::tempdir().expect("a folder");
        let bytes = fs::read(made(folder.path())).expect("read");
        let bad = folder.path().join("bad.tar");
        for at in [700, 1_100, 2_100, 40_000, bytes.len() - 5_000] {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            fs::write(&bad, &changed).expect("written");
            let into = tempfile::tempdir().expect("a folder");
            let whole = unpack(&bad, into.path()).is_ok();
            assert!(!whole || unchanged(&bytes, &changed), "the byte at {at}");
        }
        for end in [100, 600, 50_000, bytes.len() - 3_000] {
            fs::write(&bad, &bytes[..end]).expect("written");
            let into = tempfile::tempdir().expect("a folder");
            assert!(unpack(&bad, into.path()).is_err(), "cut at {end}");
        }
    }

    /// Padding between entries means nothing.
    fn unchanged(one: &[u8], other: &[u8]) -> bool {
        one.iter().zip(other).filter(|(a, b)| a != b).all(|(a, _)| *a == 0)
    }

    #[test]
    fn names_that_lead_out_are_refused() {
        for name in ["../up", "/root", "a/../../b", ""] {
            assert!(plain(Path::new(name)).is_err(), "{name}");
        }
    }

    #[test]
    fn the_key_opens_with_its_passphrase_alone() {
        let sealed = seal_key(&[9; 32], "correct horse").expect("sealed");
        assert_eq!(open_key(&sealed, "correct horse").expect("opens"), [9; 32]);
        assert_eq!(open_key(&sealed, "wrong").expect_err("refused").code, "passphrase_wrong");
        assert!(open_key(&sealed[..7], "correct horse").is_err());
    }
}
