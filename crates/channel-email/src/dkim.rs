//! Makes keys and signs mail with them (DKIM, RFC 6376; Ed25519 by RFC 8463).

use base::Result;
use base::error::internal;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mail_auth::common::crypto::{DkimKey, Ed25519Key, RsaKey, Sha256};
use mail_auth::common::headers::HeaderWriter;
use mail_auth::dkim::DkimSigner;
use rcgen::PublicKeyData;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

base::words! {
    /// How a key signs. Many receivers know RSA alone, so a domain has one of each.
    pub enum Algorithm {
        /// RSA of 2048 bits with SHA-256.
        Rsa = "rsa",
        Ed25519 = "ed25519",
    }
}

/// A key pair: what is kept, and what everybody may read.
pub struct Pair {
    /// PKCS #8.
    pub secret: Vec<u8>,
    /// As it stands behind `p=`.
    pub public: String,
}

/// A key that signs.
pub struct Signer {
    pub domain: String,
    pub selector: String,
    pub algorithm: Algorithm,
    pub secret: Vec<u8>,
}

/// A new pair. RSA takes a good part of a second.
pub fn make(algorithm: Algorithm) -> Result<Pair> {
    match algorithm {
        Algorithm::Rsa => {
            let pair = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).map_err(internal)?;
            let public = STANDARD.encode(pair.subject_public_key_info());
            Ok(Pair { secret: pair.serialize_der(), public })
        }
        Algorithm::Ed25519 => {
            let secret = Ed25519Key::generate_pkcs8().map_err(internal)?;
            let key = Ed25519Key::from_pkcs8_maybe_unchecked_der(&secret).map_err(internal)?;
            Ok(Pair { public: STANDARD.encode(key.public_key()), secret })
        }
    }
}

/// The record that lets others check signatures of a key (RFC 6376 section 3.6.1).
pub fn record(algorithm: Algorithm, public: &str) -> String {
    format!("v=DKIM1; k={}; p={public}", algorithm.as_str())
}

/// Fields that say what a mail is (RFC 6376 section 5.4.1). What is named twice can't be put in a second time.
const SIGNED: [&str; 26] = [
    "From",
    "From",
    "Sender",
    "Reply-To",
    "To",
    "To",
    "Cc",
    "Subject",
    "Subject",
    "Date",
    "Date",
    "Message-ID",
    "Message-ID",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "MIME-Version",
    "Content-Type",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Content-ID",
    "Auto-Submitted",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Feedback-ID",
];

/// The mail with one signature of each key before it.
pub fn sign(raw: &[u8], signers: &[Signer]) -> Result<Vec<u8>> {
    let body = trimmed(raw);
    let mut signed = Vec::with_capacity(body.len() + 1024 * signers.len());
    for signer in signers {
        let key = match signer.algorithm {
            Algorithm::Rsa => {
                let der = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signer.secret.clone()));
                DkimKey::from(RsaKey::<Sha256>::from_key_der(der).map_err(internal)?)
            }
            Algorithm::Ed25519 => {
                let key = Ed25519Key::from_pkcs8_maybe_unchecked_der(&signer.secret);
                DkimKey::from(key.map_err(internal)?)
            }
        };
        let signature = DkimSigner::from_key(key)
            .domain(&signer.domain)
            .selector(&signer.selector)
            .headers(fields(body))
            .sign(body)
            .map_err(internal)?;
        signed.extend_from_slice(signature.to_header().as_bytes());
    }
    signed.extend_from_slice(body);
    Ok(signed)
}

/// Those of [`SIGNED`] that the mail has: a field that is missing and signed would forbid lists to add it.
fn fields(raw: &[u8]) -> Vec<&'static str> {
    let head = raw.windows(4).position(|at| at == b"\r\n\r\n").map_or(raw, |end| &raw[..end]);
    let has = |name: &str| {
        head.split(|byte| *byte == b'\n').any(|line| {
            let start =
                line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()));
            start && line.get(name.len()) == Some(&b':')
        })
    };
    SIGNED.into_iter().filter(|name| has(name)).collect()
}

/// Without lines of spaces at the end: the library that signs counts them, RFC 6376 section 3.4.4 does not.
fn trimmed(raw: &[u8]) -> &[u8] {
    let Some(head) = raw.windows(4).position(|at| at == b"\r\n\r\n") else { return raw };
    let mut end = raw.len();
    while let Some(before) = raw[..end].strip_suffix(b"\r\n") {
        let spaces = before.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let line = before.len() - spaces;
        if line < head + 4 || (line > head + 4 && raw[line - 1] != b'\n') || (spaces == 0 && line == head + 4)
        {
            break;
        }
        end = line;
    }
    &raw[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_spaces_at_the_end_are_left_out_and_nothing_else() {
        let table = [
            ("A: b\r\n\r\nHi\r\n \r\n\t \r\n", "A: b\r\n\r\nHi\r\n"),
            ("A: b\r\n\r\nHi \r\n", "A: b\r\n\r\nHi \r\n"),
            ("A: b\r\n\r\nHi\r\n\r\n\r\n", "A: b\r\n\r\nHi\r\n"),
            ("A: b\r\n\r\n", "A: b\r\n\r\n"),
            ("A: b\r\n\r\n \r\n", "A: b\r\n\r\n"),
            ("A: b\r\n", "A: b\r\n"),
        ];
        for (raw, left) in table {
            assert_eq!(String::from_utf8_lossy(trimmed(raw.as_bytes())), left, "{raw:?}");
        }
    }

    #[test]
    fn only_fields_that_are_there_are_signed() {
        let raw = b"From: a@a.example\r\nlist-unsubscribe: <x>\r\nSubjects: no\r\n\r\nTo: nobody\r\n";
        assert_eq!(fields(raw), ["From", "From", "List-Unsubscribe"]);
    }
}
