//! Any bytes as a whole mail: read, cleaned, turned into text, answered.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mime::{Limits, automatic, content_hash, read};

fuzz_target!(|raw: &[u8]| {
    let mail = read(raw, &Limits::default());
    let _ = (content_hash(raw), automatic(&mail));
    let bytes: usize = mail.parts.iter().map(|part| part.bytes.len()).sum();
    // Rich text unpacks at most nine times; everything else is smaller than it came.
    assert!(bytes <= raw.len() * 10 + 10_000);
    for part in &mail.parts {
        assert!(!part.name.is_empty() && !part.name.contains(['/', '\\', '\0', '\n']));
    }
    for text in mail.text.iter().chain(&mail.html).chain([&mail.subject]) {
        assert!(!text.contains('\0'));
    }
});
