//! The secret key of an installation: what it encrypts, signs and hashes.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::Mac;
use sha2::{Digest, Sha256};

use crate::error::{Result, internal};

/// One byte before each sealed value names the key, so that a later version can turn keys over.
const KEY_NUMBER: u8 = 1;
const NONCE_LEN: usize = 24;

/// Holds the 32 bytes of `secret.key`; never printed, never logged.
#[derive(Clone)]
pub struct Secrets {
    key: [u8; 32],
}

impl Secrets {
    pub fn from_bytes(key: [u8; 32]) -> Secrets {
        Secrets { key }
    }

    /// Reads the key file, or makes it (mode 0600, synced) when it is not there.
    pub fn open(path: &Path) -> Result<Secrets> {
        if path.exists() {
            return Secrets::read(path);
        }
        let key: [u8; 32] = rand::random();
        crate::files::write_whole(path, &key)?;
        Ok(Secrets { key })
    }

    fn read(path: &Path) -> Result<Secrets> {
        let mode = fs::metadata(path)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(crate::error::invalid(
                "key_file_open_to_others",
                format!("{} can be read by others. Run: chmod 600 {0}", path.display()),
            ));
        }
        let bytes = fs::read(path)?;
        let key = bytes.try_into().map_err(|_| {
            crate::error::invalid(
                "key_file_damaged",
                format!("{} does not hold 32 bytes. Restore it from your backup.", path.display()),
            )
        })?;
        Ok(Secrets { key })
    }

    /// A key of its own for each purpose, so that a value made for one is useless for another.
    fn key_for(&self, purpose: &str) -> [u8; 32] {
        self.mac("key", purpose.as_bytes())
    }

    /// HMAC-SHA256 (RFC 2104) of `data` under a key that belongs to `purpose` alone.
    pub fn mac(&self, purpose: &str, data: &[u8]) -> [u8; 32] {
        let mut mac =
            <hmac::Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&self.key).expect("any key length is fine");
        mac.update(&(purpose.len() as u64).to_be_bytes());
        mac.update(purpose.as_bytes());
        mac.update(data);
        mac.finalize().into_bytes().into()
    }

    /// Encrypts with XChaCha20-Poly1305; `place` (table, column, id) is bound to the value, so a
    /// sealed text copied elsewhere does not open.
    pub fn seal(&self, place: &str, plain: &[u8]) -> Result<Vec<u8>> {
        let cipher = XChaCha20Poly1305::new(&self.key_for("seal").into());
        let nonce: [u8; NONCE_LEN] = rand::random();
        let payload = Payload { msg: plain, aad: place.as_bytes() };
        let sealed = cipher
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| internal("a secret could not be sealed"))?;
        let mut out = Vec::with_capacity(1 + NONCE_LEN + sealed.len());
        out.push(KEY_NUMBER);
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        Ok(out)
    }

    pub fn open_sealed(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let refuse = || internal("a sealed value does not open: another key, place or damage");
        let (number, rest) = sealed.split_first().ok_or_else(refuse)?;
        if *number != KEY_NUMBER || rest.len() < NONCE_LEN {
            return Err(refuse());
        }
        let (nonce, body) = rest.split_at(NONCE_LEN);
        let nonce: [u8; NONCE_LEN] = nonce.try_into().expect("split at its length");
        let cipher = XChaCha20Poly1305::new(&self.key_for("seal").into());
        cipher
            .decrypt(&XNonce::from(nonce), Payload { msg: body, aad: place.as_bytes() })
            .map_err(|_| refuse())
    }
}

/// 256 random bits as text for links, cookies and tokens.
pub fn new_token() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// What is stored of a token: a hash, since a token of 256 random bits needs no slow one.
pub fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

pub fn sha256(data: &[u8]) -> [u8; 32] {
    Sha256::digest(data).into()
}

/// SHA-256 of what comes in pieces.
#[derive(Default)]
pub struct Hashing(Sha256);

impl Hashing {
    pub fn add(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    pub fn hex(self) -> String {
        hex(&self.0.finalize())
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Compares without telling by its time where the difference is.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    subtle::ConstantTimeEq::ct_eq(a, b).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_opens_only_in_its_place() {
        let secrets = Secrets::from_bytes([7; 32]);
        let sealed = secrets.seal("mailboxes.password.1", b"hunter2").expect("seals");
        assert_eq!(secrets.open_sealed("mailboxes.password.1", &sealed).expect("opens"), b"hunter2");
        assert!(secrets.open_sealed("mailboxes.password.2", &sealed).is_err());
        assert!(Secrets::from_bytes([8; 32]).open_sealed("mailboxes.password.1", &sealed).is_err());
        assert!(secrets.open_sealed("mailboxes.password.1", &sealed[..20]).is_err());
    }

    #[test]
    fn the_key_file_is_made_once_and_kept_private() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("secret.key");
        let made = Secrets::open(&path).expect("made");
        let read = Secrets::open(&path).expect("read");
        assert_eq!(made.mac("x", b"y"), read.mac("x", b"y"));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("changed");
        assert_eq!(Secrets::open(&path).err().expect("refused").code, "key_file_open_to_others");
    }
}
