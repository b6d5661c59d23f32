//! A certificate with its key, and what it says about itself.

use std::path::Path;
use std::sync::Arc;

use base::config::TlsFiles;
use base::error::{internal, invalid};
use base::{Result, Time};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use serde::{Deserialize, Serialize};
use x509_parser::prelude::{FromDer, GeneralName, X509Certificate};

pub fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::aws_lc_rs::default_provider())
}

/// What stands in a certificate (RFC 5280).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// In hexadecimal.
    pub serial: String,
    pub names: Vec<String>,
    pub from: Time,
    pub until: Time,
    /// Signed by nobody but itself: no browser believes it.
    pub own: bool,
}

/// A chain with the key that fits it.
#[derive(Clone, Debug)]
pub struct Pair {
    pub key: Arc<CertifiedKey>,
    pub facts: Facts,
}

impl Facts {
    pub fn of(certificate: &CertificateDer<'_>) -> Result<Facts> {
        let refuse = |e: &dyn std::fmt::Display| {
            invalid("certificate", format!("The certificate can't be read: {e}")).because(e.to_string())
        };
        let (_, read) = X509Certificate::from_der(certificate).map_err(|e| refuse(&e))?;
        let names = read.subject_alternative_name().map_err(|e| refuse(&e))?;
        let names = names.map(|names| names.value.general_names.iter().filter_map(name).collect());
        let time = |at: x509_parser::time::ASN1Time| Time(at.timestamp().saturating_mul(1000));
        Ok(Facts {
            serial: read.raw_serial().iter().map(|byte| format!("{byte:02x}")).collect(),
            names: names.unwrap_or_default(),
            from: time(read.validity().not_before),
            until: time(read.validity().not_after),
            own: read.issuer() == read.subject(),
        })
    }

    /// Whether a browser that asks for this host is content; `*` stands for one label (RFC 6125
    /// section 6.4.3).
    pub fn covers(&self, host: &str) -> bool {
        let host = host.trim_matches(['[', ']']).to_ascii_lowercase();
        let rest = host.split_once('.').map(|(_, rest)| rest);
        self.names.iter().any(|name| match name.strip_prefix("*.") {
            Some(below) => rest == Some(below),
            None => *name == host,
        })
    }

    pub fn days_left(&self, now: Time) -> i64 {
        (self.until.0 - now.0).div_euclid(24 * 60 * 60 * 1000)
    }

    /// When a third of its life is left.
    pub fn renewal(&self) -> Time {
        Time(self.until.0 - (self.until.0 - self.from.0) / 3)
    }
}

fn name(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some(name.to_ascii_lowercase()),
        GeneralName::IPAddress(bytes) => match bytes.len() {
            4 => <[u8; 4]>::try_from(*bytes).ok().map(|b| std::net::Ipv4Addr::from(b).to_string()),
            _ => <[u8; 16]>::try_from(*bytes).ok().map(|b| std::net::Ipv6Addr::from(b).to_string()),
        },
        _ => None,
    }
}

impl Pair {
    /// Refuses a key that does not belong to the certificate.
    pub fn of(certificate: &[u8], key: &[u8]) -> Result<Pair> {
        let refuse = |what: &str, e: &dyn std::fmt::Display| {
            invalid("certificate", format!("The {what} can't be used: {e}"))
        };
        let chain = CertificateDer::pem_slice_iter(certificate).collect::<Result<Vec<_>, _>>();
        let chain = chain.map_err(|e| refuse("certificate", &e))?;
        let first = chain.first().ok_or_else(|| refuse("certificate", &"the file holds none"))?;
        let facts = Facts::of(first)?;
        let private = PrivateKeyDer::from_pem_slice(key).map_err(|e| refuse("key", &e))?;
        let key = CertifiedKey::from_der(chain, private, &provider()).map_err(|e| refuse("pair", &e))?;
        Ok(Pair { key: Arc::new(key), facts })
    }

    pub fn read(files: &TlsFiles) -> Result<Pair> {
        let read = |path: &Path| {
            let bytes = std::fs::read(path);
            bytes.map_err(|e| invalid("certificate", format!("{} can't be read: {e}", path.display())))
        };
        let pair = Pair::of(&read(&files.certificate)?, &read(&files.key)?);
        pair.map_err(|e| {
            let sentence =
                format!("{} with {}: {}", files.certificate.display(), files.key.display(), e.message);
            invalid("certificate", sentence)
        })
    }

    /// One of our own making, for as long as there is no other: nobody believes it, but it encrypts.
    pub fn own(names: &[String]) -> Result<Pair> {
        let made = rcgen::generate_simple_self_signed(names).map_err(internal)?;
        Pair::of(made.cert.pem().as_bytes(), made.signing_key.serialize_pem().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_says_whom_it_is_for_and_how_long() {
        let names = ["help.example.com".to_owned(), "*.shop.example".to_owned(), "127.0.0.1".to_owned()];
        let facts = Pair::own(&names).expect("made").facts;
        for (host, covered) in [
            ("help.example.com", true),
            ("HELP.example.com", true),
            ("a.shop.example", true),
            ("a.b.shop.example", false),
            ("shop.example", false),
            ("127.0.0.1", true),
            ("example.com", false),
        ] {
            assert_eq!(facts.covers(host), covered, "{host}");
        }
        assert!(facts.own && facts.from < facts.until);
    }

    #[test]
    fn a_certificate_is_renewed_when_a_third_of_its_life_is_left() {
        let day = 24 * 60 * 60 * 1000;
        let life = Facts {
            serial: String::new(),
            names: Vec::new(),
            from: Time(0),
            until: Time(90 * day),
            own: false,
        };
        assert_eq!(life.renewal(), Time(60 * day));
        assert_eq!(life.days_left(Time(60 * day)), 30);
        assert_eq!(life.days_left(Time(90 * day + 1)), -1);
    }

    #[test]
    fn a_key_that_does_not_fit_is_refused() {
        let make = || rcgen::generate_simple_self_signed(["a.example".to_owned()]).expect("made");
        let (one, other) = (make(), make());
        let pem = |made: &rcgen::CertifiedKey<rcgen::KeyPair>| made.signing_key.serialize_pem();
        assert!(Pair::of(one.cert.pem().as_bytes(), pem(&one).as_bytes()).is_ok());
        assert!(Pair::of(one.cert.pem().as_bytes(), pem(&other).as_bytes()).is_err());
        assert!(Pair::of(b"", pem(&other).as_bytes()).is_err());
        assert!(Pair::of(one.cert.pem().as_bytes(), b"no key").is_err());
    }
}
