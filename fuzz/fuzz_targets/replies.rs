//! Any text and any HTML as a reply: the two parts are the whole again, and forwarded mail is found without harm.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for split in [quoting::split_text(text), quoting::split_html(text)] {
        assert_eq!([split.shown, split.folded].concat(), text);
        assert!(!split.shown.is_empty() || text.is_empty());
    }
    let _ = quoting::forwarded("Fwd: x", text);
    let _ = quoting::forwarded(text, text);
});
