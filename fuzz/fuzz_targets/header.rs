//! Any bytes as the value of every header field that is read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mime::{Limits, read};

const FIELDS: [&str; 12] = [
    "Subject", "From", "To", "Reply-To", "Date", "Message-ID", "References", "Content-Type", "Content-Disposition",
    "Content-Transfer-Encoding", "List-Post", "Received",
];

fuzz_target!(|value: &[u8]| {
    let mut raw = Vec::new();
    for field in FIELDS {
        raw.extend_from_slice(field.as_bytes());
        raw.extend_from_slice(b": ");
        raw.extend_from_slice(value);
        raw.extend_from_slice(b"\r\n");
    }
    raw.extend_from_slice(b"\r\nbody");
    let mail = read(&raw, &Limits::default());
    for address in mail.from.iter().chain(&mail.to).chain(&mail.reply_to) {
        assert!(address.email.len() <= 320 && !address.email.contains(char::is_control));
    }
    assert!(!mail.subject.contains(char::is_control));
});
