//! What a workspace has decided about mail that can't be trusted.

use journal::settings::Setting;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The defaults do what the sender's domain asks for, and hold back what is certainly spam.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = MailTrust)]
pub struct Trust {
    /// Mail whose sender's domain says that it is not its own goes to quarantine, when the domain asks for that.
    pub hold_forged: bool,
    /// Warn of names, domains and reply addresses that deceive.
    pub warn_of_deceit: bool,
    /// Warn of files that run, or hide what they are.
    pub warn_of_files: bool,
    pub hold_spam: bool,
    /// From how many points on a mail is spam.
    pub spam_points: i64,
    /// Whether the filter learns from what agents do.
    pub learn: bool,
    /// After how many days quarantine forgets a mail.
    pub keep_days: i64,
    /// Servers whose `Authentication-Results` and ARC seals are believed. The former only in mail that was fetched or
    /// comes from our own network, or that one of these servers brings itself, by its name in DNS or its address.
    pub trusted_hosts: Vec<String>,
    /// Another filter, such as `http://127.0.0.1:11333`.
    pub rspamd: Option<String>,
    /// The virus scanner: `HOST:PORT`, or the path of its socket.
    pub clamd: Option<String>,
    /// Mail that could not be scanned is held back instead of marked.
    pub hold_unscanned: bool,
}

impl Default for Trust {
    fn default() -> Trust {
        Trust {
            hold_forged: true,
            warn_of_deceit: true,
            warn_of_files: true,
            hold_spam: true,
            spam_points: 100,
            learn: true,
            keep_days: 30,
            trusted_hosts: Vec::new(),
            rspamd: None,
            clamd: None,
            hold_unscanned: false,
        }
    }
}

impl Setting for Trust {
    const NAME: &'static str = "email.trust";

    fn check(&self) -> Result<(), String> {
        if !(30..=1_000).contains(&self.spam_points) {
            return Err("Mail can be spam from 30 to 1000 points on.".to_owned());
        }
        if !(1..=365).contains(&self.keep_days) {
            return Err("Quarantine keeps mail for 1 to 365 days.".to_owned());
        }
        let odd = |host: &String| {
            host.is_empty()
                || host.len() > 253
                || !host.chars().all(|c| c.is_alphanumeric() || ".-_".contains(c))
        };
        if self.trusted_hosts.len() > 20 || self.trusted_hosts.iter().any(odd) {
            return Err("Name up to 20 servers, as in mx.provider.example.".to_owned());
        }
        if self.rspamd.as_ref().is_some_and(|url| !is_http(url)) {
            return Err("The address of rspamd begins with http:// or https://.".to_owned());
        }
        if self.clamd.as_ref().is_some_and(|place| place.len() > 300 || !is_place(place)) {
            return Err("ClamAV stands at HOST:PORT or at the path of a socket.".to_owned());
        }
        Ok(())
    }
}

fn is_http(url: &str) -> bool {
    url.len() <= 300
        && ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme) && url.len() > scheme.len())
}

fn is_place(place: &str) -> bool {
    let port =
        place.rsplit_once(':').is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok());
    place.starts_with('/') || port
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_change_nothing_is_refused() {
        assert_eq!(Trust::default().check(), Ok(()));
        for wrong in [
            Trust { spam_points: 5, ..Trust::default() },
            Trust { keep_days: 0, ..Trust::default() },
            Trust { trusted_hosts: vec!["a b".into()], ..Trust::default() },
            Trust { rspamd: Some("file:///x".into()), ..Trust::default() },
            Trust { clamd: Some("nowhere".into()), ..Trust::default() },
        ] {
            assert!(wrong.check().is_err(), "{wrong:?}");
        }
        for place in ["127.0.0.1:3310", "[::1]:3310", "/run/clamav/clamd.ctl"] {
            let with = Trust { clamd: Some(place.into()), ..Trust::default() };
            assert_eq!(with.check(), Ok(()), "{place}");
        }
    }
}
