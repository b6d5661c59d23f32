//! Certificate files: read again when they change.

use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use base::Result;
use base::config::TlsFiles;

use super::held::Held;
use super::pair::Pair;

const LOOK_EVERY: Duration = Duration::from_secs(2);

/// What changes when a file is written or another one takes its place.
type Stamp = (u64, u64, i64, i64, u64);

fn stamp(path: &Path) -> Option<Stamp> {
    let at = std::fs::metadata(path).ok()?;
    Some((at.dev(), at.ino(), at.mtime(), at.mtime_nsec(), at.len()))
}

/// Files that are looked at from time to time.
pub struct Followed {
    files: TlsFiles,
    held: Arc<Held>,
    seen: [Option<Stamp>; 2],
}

impl Followed {
    pub fn open(files: &TlsFiles) -> Result<Followed> {
        let seen = stamps(files);
        Ok(Followed { files: files.clone(), held: Held::new(Pair::read(files)?), seen })
    }

    pub fn held(&self) -> Arc<Held> {
        self.held.clone()
    }

    pub async fn follow(mut self) {
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            self.look();
        }
    }

    /// A pair that does not fit together may be half written: the former one stays until it does.
    fn look(&mut self) {
        // Taken before reading: what is written meanwhile is seen at the next look.
        let now = stamps(&self.files);
        if now == self.seen {
            return;
        }
        self.seen = now;
        match Pair::read(&self.files) {
            Ok(pair) => {
                tracing::info!(serial = pair.facts.serial, "a changed certificate is shown from now on");
                self.held.replace(pair);
            }
            Err(e) => tracing::warn!(reason = %e.message, "changed certificate files can't be used yet"),
        }
    }
}

fn stamps(files: &TlsFiles) -> [Option<Stamp>; 2] {
    [stamp(&files.certificate), stamp(&files.key)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> (String, String) {
        let made = rcgen::generate_simple_self_signed(["a.example".to_owned()]).expect("made");
        (made.cert.pem(), made.signing_key.serialize_pem())
    }

    #[test]
    fn a_torn_pair_keeps_the_former_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        let files = TlsFiles { certificate: at("c.pem"), key: at("k.pem") };
        let (first, second) = (made(), made());
        assert!(Followed::open(&files).is_err(), "there is nothing yet");
        std::fs::write(&files.certificate, &first.0).expect("written");
        std::fs::write(&files.key, &first.1).expect("written");
        let mut followed = Followed::open(&files).expect("a pair");
        let serial = |followed: &Followed| followed.held.facts().serial;
        let before = serial(&followed);

        std::fs::write(&files.certificate, &second.0).expect("written");
        followed.look();
        assert_eq!(serial(&followed), before, "the key is not there yet");
        std::fs::write(&files.key, &second.1).expect("written");
        followed.look();
        let after = serial(&followed);
        assert_ne!(after, before);

        std::fs::write(&files.certificate, &second.0[..second.0.len() / 2]).expect("written");
        followed.look();
        std::fs::remove_file(&files.key).expect("gone");
        followed.look();
        assert_eq!(serial(&followed), after);
    }
}
