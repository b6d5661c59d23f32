//! Any bytes behind the signature of winmail.dat.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mime::{Limits, read};

fuzz_target!(|data: &[u8]| {
    let head = b"From: a@x.example\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n\r\n\x78\x9f\x3e\x22\x01\x00";
    let raw = [head.as_slice(), data].concat();
    let mail = read(&raw, &Limits::default());
    let bytes: usize = mail.parts.iter().map(|part| part.bytes.len()).sum();
    let text = mail.text.map_or(0, |text| text.len()) + mail.html.map_or(0, |html| html.len());
    assert!(bytes <= raw.len() * 8 + 10_000 && text <= raw.len() * 40 + 10_000);
});
