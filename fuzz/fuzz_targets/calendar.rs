//! Any bytes as a calendar part.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mime::{Limits, read};

fuzz_target!(|data: &[u8]| {
    let head = b"From: a@x.example\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VEVENT\r\n";
    let mail = read(&[head.as_slice(), data].concat(), &Limits::default());
    if let Some(event) = mail.invitation {
        assert!(!event.title.contains(char::is_control) && event.title.chars().count() <= 500);
    }
});
