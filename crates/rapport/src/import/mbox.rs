//! Archives of the form mbox (RFC 4155), with the ways in which programs write it.
//!
//! A mail begins with a line `From sender date` at the beginning of the file or behind an empty line. Lines of
//! a mail that begin so are written with a `>` in front (mboxo, mboxrd), or the mail's length stands in
//! `Content-Length` (mboxcl).

use std::io::{BufRead, Result};

/// Where a mail lies in the archive, without its line `From`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub start: u64,
    pub length: u64,
}

/// Finds the mails in an archive without keeping them.
pub fn spans(mut archive: impl BufRead) -> Result<Vec<Span>> {
    let mut found: Vec<Span> = Vec::new();
    let (mut at, mut line, mut blank) = (0u64, Vec::new(), true);
    let (mut header, mut told) = (false, None);
    // Up to here the mail says that it reaches.
    let mut sure = 0u64;
    loop {
        line.clear();
        let count = archive.read_until(b'\n', &mut line)? as u64;
        if count == 0 {
            close(&mut found, at);
            return Ok(found);
        }
        let text = line.trim_ascii_end();
        if blank && at >= sure && is_separator(&line) {
            close(&mut found, at);
            found.push(Span { start: at + count, length: 0 });
            (header, told) = (true, None);
        } else if header {
            if let Some(length) = content_length(text) {
                told = Some(length);
            }
            if text.is_empty() {
                header = false;
                sure = told.map_or(0, |length: u64| (at + count).saturating_add(length));
            }
        }
        blank = text.is_empty();
        // A length that is wrong would swallow the mails behind: a separator with a date counts more.
        if sure > at && blank {
            sure = sure.min(at + count + MOST_TRUST);
        }
        at += count;
    }
}

/// A length is believed so far ahead of an empty line.
const MOST_TRUST: u64 = 64 * 1024 * 1024;

fn close(found: &mut [Span], at: u64) {
    if let Some(last) = found.last_mut() {
        last.length = at.saturating_sub(last.start);
    }
}

fn content_length(line: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(line).ok()?;
    let (name, value) = text.split_once(':')?;
    name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok()).flatten()
}

/// `From ann@a.example Mon Mar  2 08:00:00 2026`: somebody, and a time of day.
fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let text = String::from_utf8_lossy(rest);
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_time = |word: &&str| {
        let parts: Vec<&str> = word.split(':').collect();
        (2..=3).contains(&parts.len())
            && parts.iter().all(|part| part.len() == 2 && part.parse::<u8>().is_ok())
    };
    words.len() >= 4 && words.iter().skip(1).any(is_time)
}

/// The mail as it was before it was archived: one `>` less before `From `, and without the empty line that
/// parts it from the next.
pub fn unescaped(raw: &[u8]) -> Vec<u8> {
    let mut mail = Vec::with_capacity(raw.len());
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        let depth = line.iter().take_while(|byte| **byte == b'>').count();
        let quoted = depth > 0 && line[depth..].starts_with(b"From ");
        mail.extend_from_slice(if quoted { &line[1..] } else { line });
    }
    if mail.ends_with(b"\n\n") {
        mail.pop();
    } else if mail.ends_with(b"\r\n\r\n") {
        mail.truncate(mail.len() - 2);
    }
    mail
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mails(archive: &str) -> Vec<String> {
        let spans = spans(archive.as_bytes()).expect("reads");
        let read = |span: &Span| {
            let raw = &archive.as_bytes()[span.start as usize..(span.start + span.length) as usize];
            String::from_utf8(unescaped(raw)).expect("text")
        };
        spans.iter().map(read).collect()
    }

    const FROM: &str = "From ann@a.example Mon Mar  2 08:00:00 2026\n";

    #[test]
    fn each_mail_ends_where_the_next_begins() {
        let archive = format!("{FROM}Subject: 1\n\nOne\n\n{FROM}Subject: 2\n\nTwo\n");
        assert_eq!(mails(&archive), ["Subject: 1\n\nOne\n", "Subject: 2\n\nTwo\n"]);
        assert!(mails("").is_empty() && mails("no archive\n").is_empty());
        let dos = archive.replace('\n', "\r\n");
        assert_eq!(mails(&dos), ["Subject: 1\r\n\r\nOne\r\n", "Subject: 2\r\n\r\nTwo\r\n"]);
    }

    #[test]
    fn lines_that_only_look_like_a_separator_stay_in_their_mail() {
        for line in ["From here on it is dark.", "From 10:30 to noon", "From ann@a.example"] {
            let archive = format!("{FROM}Subject: 1\n\nOne\n\n{line}\nmore\n");
            assert_eq!(mails(&archive).len(), 1, "{line}");
        }
        let archive = format!("{FROM}Subject: 1\n\nno empty line\n{FROM}more\n");
        assert_eq!(mails(&archive).len(), 1);
    }

    #[test]
    fn quoted_lines_lose_one_mark() {
        let archive = format!("{FROM}Subject: 1\n\n>From me\n>>From you\n> From far\n");
        assert_eq!(mails(&archive), ["Subject: 1\n\nFrom me\n>From you\n> From far\n"]);
    }

    #[test]
    fn a_length_that_is_told_is_kept() {
        let body = format!("One\n\n{FROM}still one\n");
        let archive = format!("{FROM}Content-Length: {}\n\n{body}\n{FROM}Subject: 2\n\nTwo\n", body.len());
        let found = mails(&archive);
        assert_eq!(found.len(), 2);
        assert!(found[0].ends_with("still one\n") && found[1].starts_with("Subject: 2"));
    }
}
