//! Any bytes as commands and as content between DATA and the final dot, in any pieces.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../crates/channel-email/src/smtp/command.rs"]
mod command;
#[path = "../../crates/channel-email/src/smtp/content.rs"]
mod content;

use command::{Command, is_address};
use content::Content;

/// What a line means is whole: addresses are addresses, and nothing in them could begin another line.
fn look_at(line: &[u8]) {
    match command::parse(line) {
        Ok(Command::Mail(mail)) => {
            assert!(mail.from.is_empty() || is_address(&mail.from));
            assert!(mail.utf8 || mail.from.is_ascii());
            let named = line.to_ascii_uppercase().windows(5).any(|five| five == b"SIZE=");
            assert!(mail.size.is_none() || named);
        }
        Ok(Command::Rcpt(address)) => assert!(is_address(&address)),
        Ok(Command::Helo(name) | Command::Ehlo(name)) => assert!(!name.chars().any(char::is_control)),
        Ok(_) | Err(_) => {}
    }
}

fn taken(raw: &[u8], piece: usize) -> (Content, usize) {
    let mut content = Content::new(4_096);
    let mut used = 0;
    for piece in raw.chunks(piece) {
        used += content.feed(piece);
        if content.is_done() {
            break;
        }
    }
    (content, used)
}

fuzz_target!(|data: &[u8]| {
    let Some((&piece, raw)) = data.split_first() else { return };
    for line in raw.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        look_at(line);
    }
    let (content, used) = taken(raw, usize::from(piece).max(1));
    let (whole, used_whole) = taken(raw, usize::MAX);
    assert_eq!((content.is_done(), used, content.held()), (whole.is_done(), used_whole, whole.held()));
    assert!(content.held() <= 4_096);
    if content.is_done() && !content.has_lone_break() {
        // Nothing but the end of a line with a dot alone ends a mail.
        assert!(raw[..used].ends_with(b"\r\n.\r\n") || &raw[..used] == b".\r\n");
    }
    assert!(content.seen() >= content.held() && content.seen() == used);
    let (mut refused, _) = taken(raw, usize::MAX);
    refused.forget();
    assert!(refused.held() == 0 && (refused.is_too_large() || refused.seen() == 0));
    let bytes = content.into_bytes();
    assert!(!bytes.windows(2).any(|two| two[0] != b'\r' && two[1] == b'\n'));
});
