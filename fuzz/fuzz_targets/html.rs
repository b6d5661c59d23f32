//! Any HTML: what comes out loads nothing, runs nothing, and stays the same when it is cleaned again.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|html: &str| {
    let clean = markup::sanitise(html);
    let lower = clean.to_ascii_lowercase();
    for mark in ["<script", "<iframe", "<style", "<svg", "<form", "<link", "<meta", "<base", "<object"] {
        assert!(!lower.contains(mark), "{mark}");
    }
    assert_eq!(markup::sanitise(&clean), clean);
    let _ = markup::html_to_text(html);
    let _ = markup::sanitise_own(html);
});
