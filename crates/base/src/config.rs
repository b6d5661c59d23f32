//! Boot settings: what a program must know before it can open its database.
//!
//! `rapport.toml`, overridden by `RAPPORT_*`, overridden by flags. Everything else is edited in the
//! product and kept in the database.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::error::{Result, invalid};

/// How carefully commits are put on disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Durability {
    /// A commit is on disk before it is acknowledged.
    #[default]
    Full,
    /// Commits are left to the operating system: a power cut loses acknowledged messages. For tests
    /// that show the difference.
    Off,
}

/// See `rapport.example.toml`, which explains every key.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    pub listen: String,
    pub smtp_listen: Option<String>,
    pub data: PathBuf,
    /// A PostgreSQL URL; the file `DIR/workspaces/NAME.db` when absent.
    pub database: Option<String>,
    pub public_url: Option<String>,
    pub log: String,
    pub log_format: LogFormat,
    /// Addresses of proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<String>,
    /// The name server that is asked about senders of mail, about the domains that mail is sent from, and by the
    /// doctor, as `IP:PORT`; `off` checks nobody. The system's when absent.
    pub dns: Option<String>,
    pub durability: Durability,
    /// Where there are several workspaces, one that nobody uses is closed after so long; 0 keeps all open.
    pub sleep_after_seconds: u64,
    pub blobs: Option<BlobPlace>,
    /// Certificate of the web server, and of the SMTP listener when that has none of its own.
    pub tls: Option<TlsFiles>,
    pub smtp_tls: Option<TlsFiles>,
    /// Certificates that are fetched and renewed instead of `tls`.
    pub acme: Option<Acme>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    #[default]
    Text,
    Json,
}

/// S3-compatible storage for attachments; needed when several nodes share a workspace.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlobPlace {
    pub endpoint: String,
    pub bucket: String,
    #[serde(default = "default_region")]
    pub region: String,
    pub access_key: String,
    pub secret_key: String,
}

fn default_region() -> String {
    "us-east-1".to_owned()
}

/// Certificate chain and private key as PEM files.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsFiles {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

/// An authority that gives certificates to whoever answers for a host name (RFC 8555).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acme {
    pub domains: Vec<String>,
    /// Told to the authority, which may write before a certificate ends.
    pub email: Option<String>,
    #[serde(default = "default_directory")]
    pub directory: String,
    /// Where the authority's questions are answered; it always asks at port 80 of the domain.
    #[serde(default = "default_http_listen")]
    pub http_listen: String,
    /// A certificate (PEM file) by which an authority of one's own is trusted.
    pub trusted_certificate: Option<PathBuf>,
}

fn default_directory() -> String {
    "https://acme-v02.api.letsencrypt.org/directory".to_owned()
}

fn default_http_listen() -> String {
    "0.0.0.0:80".to_owned()
}

/// The host of an address, without its port.
pub fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or_default();
    match authority.split_once(']') {
        Some((address, _)) => address.trim_start_matches('['),
        None => authority.split(':').next().unwrap_or_default(),
    }
}

impl Default for Config {
    fn default() -> Config {
        Config {
            listen: "127.0.0.1:8080".to_owned(),
            smtp_listen: None,
            data: PathBuf::from("data"),
            database: None,
            public_url: None,
            log: "info".to_owned(),
            log_format: LogFormat::Text,
            trusted_proxies: Vec::new(),
            dns: None,
            durability: Durability::Full,
            sleep_after_seconds: 600,
            blobs: None,
            tls: None,
            smtp_tls: None,
            acme: None,
        }
    }
}

impl Config {
    /// Reads the file (the default place may be absent, a named one must exist), then lays the
    /// variables `RAPPORT_*` over it. `var` is `std::env::var` outside tests.
    pub fn load(named: Option<&Path>, var: impl Fn(&str) -> Option<String>) -> Result<Config> {
        let path = named.unwrap_or(Path::new("rapport.toml"));
        let mut config = match std::fs::read_to_string(path) {
            Ok(text) => toml::from_str(&text)
                .map_err(|e| invalid("settings_file", format!("{} can't be read: {e}", path.display())))?,
            Err(_) if named.is_none() => Config::default(),
            Err(e) => {
                return Err(invalid("settings_file", format!("{} can't be read: {e}", path.display())));
            }
        };
        config.overlay(var)?;
        config.check_acme()?;
        Ok(config)
    }

    /// Whether the web server itself encrypts.
    pub fn is_secure(&self) -> bool {
        self.tls.is_some() || self.acme.is_some()
    }

    /// Where people find it, without a slash at the end: what was told, else what follows from the rest.
    pub fn address(&self) -> String {
        let domain = || self.acme.as_ref().and_then(|acme| acme.domains.first());
        let address = match (&self.public_url, domain()) {
            (Some(url), _) => url.clone(),
            (None, Some(domain)) => format!("https://{domain}"),
            (None, None) if self.is_secure() => format!("https://{}", self.listen),
            (None, None) => format!("http://{}", self.listen),
        };
        address.trim_end_matches('/').to_owned()
    }

    fn check_acme(&self) -> Result<()> {
        let Some(acme) = &self.acme else { return Ok(()) };
        let refuse = |sentence: &str| Err(invalid("settings_acme", sentence.to_owned()));
        if self.tls.is_some() {
            return refuse("Use either [tls] with files of your own or [acme], not both.");
        }
        if acme.domains.is_empty() {
            return refuse("[acme] needs domains, such as [\"help.example.com\"].");
        }
        let odd = |domain: &&String| domain.is_empty() || domain.contains(['*', ':', '/', ' ', '@']);
        match acme.domains.iter().find(odd) {
            Some(odd) => refuse(&format!(
                "[acme] domains: {odd:?} is no host name. Names with * can't be proved over HTTP: use [tls] for them."
            )),
            None => Ok(()),
        }
    }

    fn overlay(&mut self, var: impl Fn(&str) -> Option<String>) -> Result<()> {
        let text = |name: &str, to: &mut String| {
            if let Some(value) = var(name) {
                *to = value;
            }
        };
        text("RAPPORT_LISTEN", &mut self.listen);
        text("RAPPORT_LOG", &mut self.log);
        let option = |name: &str, to: &mut Option<String>| {
            if let Some(value) = var(name) {
                *to = Some(value).filter(|v| !v.is_empty());
            }
        };
        option("RAPPORT_SMTP_LISTEN", &mut self.smtp_listen);
        option("RAPPORT_DATABASE", &mut self.database);
        option("RAPPORT_DNS", &mut self.dns);
        option("RAPPORT_PUBLIC_URL", &mut self.public_url);
        if let Some(data) = var("RAPPORT_DATA") {
            self.data = PathBuf::from(data);
        }
        if let Some(word) = var("RAPPORT_DURABILITY") {
            self.durability = match word.as_str() {
                "full" => Durability::Full,
                "off" => Durability::Off,
                _ => return Err(invalid("settings_durability", "RAPPORT_DURABILITY is `full` or `off`.")),
            };
        }
        if let Some(word) = var("RAPPORT_SLEEP_AFTER_SECONDS") {
            self.sleep_after_seconds = word.parse().map_err(|_| {
                invalid("settings_sleep", "RAPPORT_SLEEP_AFTER_SECONDS is a number of seconds.")
            })?;
        }
        if let Some(word) = var("RAPPORT_LOG_FORMAT") {
            self.log_format = match word.as_str() {
                "text" => LogFormat::Text,
                "json" => LogFormat::Json,
                _ => return Err(invalid("settings_log_format", "RAPPORT_LOG_FORMAT is `text` or `json`.")),
            };
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_lie_over_the_file_and_unknown_keys_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("rapport.toml");
        std::fs::write(&path, "listen = \"127.0.0.1:1\"\nlog = \"warn\"\n").expect("written");
        let set = |name: &str| (name == "RAPPORT_LISTEN").then(|| "127.0.0.1:2".to_owned());
        let config = Config::load(Some(&path), set).expect("loads");
        assert_eq!((config.listen.as_str(), config.log.as_str()), ("127.0.0.1:2", "warn"));
        std::fs::write(&path, "lisen = \"x\"\n").expect("written");
        let refused = Config::load(Some(&path), |_| None).expect_err("refused");
        assert!(refused.message.contains("lisen"), "{}", refused.message);
    }

    fn read(text: &str) -> Result<Config> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("rapport.toml");
        std::fs::write(&path, text).expect("written");
        Config::load(Some(&path), |_| None)
    }

    #[test]
    fn the_address_follows_from_what_is_told() {
        let acme = "[acme]\ndomains = [\"help.example.com\"]\n";
        let files = "[tls]\ncertificate = \"c\"\nkey = \"k\"\n";
        let address = |text: &str| read(text).expect("loads").address();
        assert_eq!(address(""), "http://127.0.0.1:8080");
        assert_eq!(address(files), "https://127.0.0.1:8080");
        assert_eq!(address(acme), "https://help.example.com");
        assert_eq!(address(&format!("public_url = \"https://a.example/\"\n{acme}")), "https://a.example");
    }

    #[test]
    fn an_address_names_its_host() {
        for (url, host) in [
            ("https://help.example.com/", "help.example.com"),
            ("http://127.0.0.1:8080", "127.0.0.1"),
            ("https://[::1]:8443/desk", "::1"),
        ] {
            assert_eq!(host_of(url), host);
        }
    }

    #[test]
    fn authorities_are_asked_for_plain_names_only_and_not_beside_files() {
        assert!(read("[acme]\ndomains = []\n").is_err());
        assert!(read("[acme]\ndomains = [\"*.example.com\"]\n").is_err());
        let both = "[acme]\ndomains = [\"a.example\"]\n[tls]\ncertificate = \"c\"\nkey = \"k\"\n";
        assert!(read(both).expect_err("refused").message.contains("not both"));
    }

    /// The file that explains every key, with its examples taken at their word.
    #[test]
    fn the_example_can_be_used_as_it_stands() {
        let text = include_str!("../../../rapport.example.toml");
        toml::from_str::<Config>(text).expect("as it is");
        let uncommented = |line: &str| match line.strip_prefix("# ") {
            Some(rest)
                if rest.starts_with('[')
                    || rest.split_once(" = ").is_some_and(|(key, _)| !key.contains(' ')) =>
            {
                rest.to_owned()
            }
            _ => line.to_owned(),
        };
        let all: Vec<String> = text.lines().map(uncommented).collect();
        let config: Config = toml::from_str(&all.join("\n")).expect("every example is a key that is known");
        assert!(config.tls.is_some() && config.smtp_tls.is_some() && config.blobs.is_some());
        assert_eq!(config.acme.expect("named").http_listen, default_http_listen());
    }
}
