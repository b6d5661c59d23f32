//! Hashes the content of a mail, so that a repeat is recognised whatever way it came.

use sha2::{Digest, Sha256};

use crate::{field::read_fields, limits::Limits};

/// Fields that relays and mailboxes add on the way; the same mail has others on every way.
///
/// DKIM-Signature is among them because lists and gateways sign again; what it signs is hashed anyhow.
const TRACE: [&str; 14] = [
    "received",
    "return-path",
    "delivered-to",
    "envelope-to",
    "delivery-date",
    "errors-to",
    "authentication-results",
    "received-spf",
    "dkim-signature",
    "domainkey-signature",
    "dkim-filter",
    "status",
    "content-length",
    "lines",
];

/// Prefixes of such fields.
const TRACE_PREFIXES: [&str; 18] = [
    "arc-",
    "resent-",
    "x-original-to",
    "x-received",
    "x-envelope",
    "x-delivered",
    "x-forwarded",
    "x-google-",
    "x-gm-",
    "x-spam",
    "x-virus",
    "x-amavis",
    "x-rspamd",
    "x-ms-exchange-",
    "x-microsoft-",
    "x-forefront-",
    "x-mozilla-",
    "x-uid",
];

/// SHA-256 over the fields that the sender wrote and the body.
///
/// Field names are folded in case, runs of white space in values count as one space, the order of fields and the kind
/// of line breaks don't count, nor do empty lines at the end of the body.
#[must_use]
pub fn content_hash(raw: &[u8]) -> [u8; 32] {
    let limits = Limits { fields: usize::MAX, field_bytes: usize::MAX, ..Limits::default() };
    let (fields, body) = read_fields(raw, 0, &limits, |_| false);
    let mut lines: Vec<Vec<u8>> = fields
        .list
        .iter()
        .map(|field| (field.name.to_ascii_lowercase(), field.value))
        .filter(|(name, _)| !is_trace(name))
        .map(|(name, value)| [name, b":".to_vec(), collapsed(value)].concat())
        .collect();
    lines.sort_unstable();
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(&line);
        hash.update(b"\n");
    }
    hash.update(b"\n");
    hash_body(&mut hash, raw[body..].trim_ascii_end());
    hash.finalize().into()
}

fn is_trace(name: &[u8]) -> bool {
    TRACE.iter().any(|trace| trace.as_bytes() == name)
        || TRACE_PREFIXES.iter().any(|prefix| name.starts_with(prefix.as_bytes()))
}

fn collapsed(value: &[u8]) -> Vec<u8> {
    let words = value.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(&b' ')
}

fn hash_body(hash: &mut Sha256, body: &[u8]) {
    for line in body.split(|&byte| byte == b'\n') {
        hash.update(line.strip_suffix(b"\r").unwrap_or(line));
        hash.update(b"\n");
    }
}

#[cfg(test)]
mod tests {
    use super::content_hash;

    const MAIL: &str =
        "From: Ann <ann@a.example>\r\nSubject: Hello\r\n  there\r\nMessage-ID: <1@a>\r\n\r\nText\r\n";

    #[test]
    fn the_way_of_a_mail_changes_nothing() {
        let trace = "Return-Path: <ann@a.example>\r\nReceived: from a by b;\r\n\tSun, 1 Nov 2026\r\nDelivered-To: x@b\r\n\
                     ARC-Seal: i=1\r\nX-Spam-Status: No\r\n";
        assert_eq!(content_hash(MAIL.as_bytes()), content_hash(format!("{trace}{MAIL}").as_bytes()));
        assert_eq!(content_hash(MAIL.as_bytes()), content_hash(MAIL.replace("\r\n", "\n").as_bytes()));
        assert_eq!(content_hash(MAIL.as_bytes()), content_hash(format!("{MAIL}\r\n\r\n").as_bytes()));
        let refolded = MAIL.replace("Hello\r\n  there", "Hello there");
        assert_eq!(content_hash(MAIL.as_bytes()), content_hash(refolded.as_bytes()));
    }

    #[test]
    fn other_content_is_another_mail() {
        for (from, to) in [("Text", "Test"), ("Hello", "Hallo"), ("<1@a>", "<2@a>"), ("Ann <", "Bob <")] {
            assert_ne!(
                content_hash(MAIL.as_bytes()),
                content_hash(MAIL.replace(from, to).as_bytes()),
                "{from}"
            );
        }
    }
}
