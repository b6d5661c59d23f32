//! Certificates that an authority gives to whoever answers for a host name (RFC 8555), fetched and renewed.
//!
//! The node whose settings name the authority does it, alone: its data directory is locked. Other nodes show
//! the same certificate when they name `DIR/acme/certificate.pem` as their `[tls]` files.

use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use base::config::{self, TlsFiles};
use base::error::internal;
use base::{Clock, Result, Time};
use tokio::time::{sleep, timeout};

use super::held::Held;
use super::pair::{Facts, Pair};
use super::questions::Answers;
use super::{account, order};

/// The clock may be set right meanwhile, so nothing is slept through for longer.
const LOOK_EVERY: Duration = Duration::from_secs(60 * 60);
const WITHIN: Duration = Duration::from_secs(5 * 60);
/// After a failure; three times as long after each further one. Let's Encrypt allows five in an hour.
const FIRST_WAIT: Duration = Duration::from_secs(60);
const LONGEST_WAIT: Duration = Duration::from_secs(6 * 60 * 60);

fn make_folder(folder: &Path) -> Result<()> {
    Ok(std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?)
}

/// Everything about one authority.
pub struct Acme {
    settings: config::Acme,
    folder: PathBuf,
    clock: Clock,
    held: Arc<Held>,
    answers: Answers,
}

/// Chain and key in one file, so that they are replaced together.
pub fn files(data: &Path) -> TlsFiles {
    let path = data.join("acme").join("certificate.pem");
    TlsFiles { certificate: path.clone(), key: path }
}

/// Where the last failure is told, until it is mended.
pub fn failure_file(data: &Path) -> PathBuf {
    data.join("acme").join("failure")
}

impl Acme {
    /// Shows the certificate that is there; one of our own making until there is one.
    pub fn open(settings: &config::Acme, data: &Path, clock: Clock) -> Result<Acme> {
        let folder = data.join("acme");
        make_folder(&folder)?;
        let pair = match Pair::read(&files(data)) {
            Ok(pair) => pair,
            Err(_) => Pair::own(&settings.domains)?,
        };
        let (held, answers) = (Held::new(pair), Answers::default());
        Ok(Acme { settings: settings.clone(), folder, clock, held, answers })
    }

    pub fn held(&self) -> Arc<Held> {
        self.held.clone()
    }

    /// Where the authority's questions find their answers.
    pub fn answers(&self) -> Answers {
        self.answers.clone()
    }

    /// Fetches and renews for ever.
    pub async fn keep(self) {
        let mut failures = 0;
        loop {
            let left = left(self.due(), self.clock.now());
            if !left.is_zero() {
                sleep(left.min(LOOK_EVERY)).await;
                continue;
            }
            match timeout(WITHIN, self.renew()).await.map_err(internal).flatten() {
                Ok(facts) => {
                    failures = 0;
                    let (serial, names) = (facts.serial, facts.names.join(" "));
                    tracing::info!(serial, names, "a new certificate is shown from now on");
                    metrics::counter!("rapport_certificate_renewals_total", "result" => "done").increment(1);
                }
                Err(e) => {
                    let wait = pause(failures);
                    failures += 1;
                    self.tell(&e, wait);
                    sleep(wait).await;
                }
            }
        }
    }

    /// When the next one is to be fetched; at once where this one is not what the settings ask for.
    fn due(&self) -> Time {
        let facts = self.held.facts();
        let complete = self.settings.domains.iter().all(|domain| facts.covers(domain));
        let same = is_of(&self.folder.join("certificate.pem"), &self.settings.directory);
        if facts.own || !complete || !same { Time(0) } else { facts.renewal() }
    }

    async fn renew(&self) -> Result<Facts> {
        let account = account::open(&self.folder, &self.settings).await?;
        let (chain, key) = order::place(&account, &self.settings.domains, &self.answers).await?;
        let pair = Pair::of(chain.as_bytes(), key.as_bytes())?;
        let path = self.folder.join("certificate.pem");
        let text = format!("{}\n{key}\n{chain}", issued_by(&self.settings.directory));
        base::files::write_whole(&path, text.as_bytes())?;
        let facts = pair.facts.clone();
        self.held.replace(pair);
        let _ = std::fs::remove_file(self.folder.join("failure"));
        Ok(facts)
    }

    fn tell(&self, e: &base::Error, wait: Duration) {
        let minutes = wait.as_secs() / 60;
        let cause = e.cause.as_ref().map(ToString::to_string).unwrap_or_default();
        tracing::error!(%cause, reason = %e.message, minutes, "no new certificate could be had; tried again later");
        metrics::counter!("rapport_certificate_renewals_total", "result" => "failed").increment(1);
        let told = format!("{} {} {cause}", self.clock.now().0, e.message);
        if let Err(e) = base::files::write_whole(&self.folder.join("failure"), told.as_bytes()) {
            tracing::warn!(error = ?e, "the failure could not be written down");
        }
    }
}

/// Stands above the certificate, where readers of PEM skip it (RFC 7468 section 5.2).
fn issued_by(directory: &str) -> String {
    format!("Issued by {directory}")
}

fn is_of(certificate: &Path, directory: &str) -> bool {
    let text = std::fs::read_to_string(certificate).unwrap_or_default();
    text.lines().next() == Some(issued_by(directory).as_str())
}

fn left(due: Time, now: Time) -> Duration {
    Duration::from_millis(u64::try_from(due.0 - now.0).unwrap_or(0))
}

fn pause(failures: u32) -> Duration {
    FIRST_WAIT.saturating_mul(3u32.saturating_pow(failures)).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_tried_again_more_and_more_seldom() {
        let minutes: Vec<u64> = (0..8).map(|failures| pause(failures).as_secs() / 60).collect();
        assert_eq!(minutes, [1, 3, 9, 27, 81, 243, 360, 360]);
        assert_eq!(pause(u32::MAX), LONGEST_WAIT);
    }

    #[test]
    fn nothing_is_waited_for_that_is_over() {
        assert_eq!(left(Time(5), Time(9)), Duration::ZERO);
        assert_eq!(left(Time(9), Time(5)), Duration::from_millis(4));
    }

    #[test]
    fn without_a_certificate_one_is_due_at_once_and_an_own_one_is_shown() {
        let folder = tempfile::tempdir().expect("a folder");
        let settings = config::Acme {
            domains: vec!["help.example.com".to_owned()],
            email: None,
            directory: "https://acme.example/directory".to_owned(),
            http_listen: "127.0.0.1:0".to_owned(),
            trusted_certificate: None,
        };
        let acme = Acme::open(&settings, folder.path(), Clock::system()).expect("opens");
        assert!(acme.held.facts().own && acme.held.facts().covers("help.example.com"));
        assert_eq!(acme.due(), Time(0));
    }
}
