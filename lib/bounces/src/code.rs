//! Finds enhanced status codes and SMTP replies in the words of servers.

use std::fmt;

/// An enhanced status code (RFC 3463): class, subject, detail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Status(pub u8, pub u16, pub u16);

impl Status {
    /// Reads the first code of a text; a code is no part of an address of a machine.
    #[must_use]
    pub fn read(text: &str) -> Option<Status> {
        statuses(text).first().map(|found| found.1)
    }

    /// Says no more than its class.
    #[must_use]
    pub fn is_vague(self) -> bool {
        self.1 == 0 && self.2 == 0
    }
}

impl fmt::Display for Status {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}.{}.{}", self.0, self.1, self.2)
    }
}

/// Replies with which servers end a try (RFC 5321, 4954, 7504 and their registry).
const REPLIES: &[u16] = &[
    211, 214, 220, 221, 235, 250, 251, 252, 253, 354, 421, 422, 430, 432, 441, 450, 451, 452, 453, 454, 455,
    458, 459, 500, 501, 502, 503, 504, 521, 523, 524, 525, 530, 533, 534, 535, 538, 550, 551, 552, 553, 554,
    555, 556, 557,
];

/// Every enhanced code with the place where it begins.
pub(crate) fn statuses(text: &str) -> Vec<(usize, Status)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let inside =
            at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || matches!(bytes[at - 1], b'.' | b'-' | b'_'));
        // After a reply ("550-5.7.1") the dash is a mark, not part of a name.
        let marked = at > 3 && bytes[at - 1] == b'-' && bytes[at - 4..at - 1].iter().all(u8::is_ascii_digit);
        if matches!(bytes[at], b'2' | b'4' | b'5')
            && (!inside || marked)
            && let Some((status, end)) = status_at(bytes, at)
        {
            found.push((at, status));
            at = end;
            continue;
        }
        at += 1;
    }
    found
}

fn status_at(bytes: &[u8], at: usize) -> Option<(Status, usize)> {
    let number = |from: usize| {
        let digits = bytes[from..].iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
        let text = std::str::from_utf8(&bytes[from..from + digits]).ok()?;
        (1..=3)
            .contains(&digits)
            .then(|| text.parse::<u16>().ok())
            .flatten()
            .map(|value| (value, from + digits))
    };
    let dot = |at: usize| (bytes.get(at) == Some(&b'.')).then_some(at + 1);
    let (class, next) = number(at)?;
    let (subject, next) = number(dot(next)?)?;
    let (detail, end) = number(dot(next)?)?;
    let goes_on = match bytes.get(end) {
        Some(b'.') => bytes.get(end + 1).is_some_and(u8::is_ascii_digit),
        Some(byte) => byte.is_ascii_alphanumeric() || *byte == b'-',
        None => false,
    };
    // Subjects end at 7 (RFC 3463 section 3).
    let fits = matches!(class, 2 | 4 | 5) && subject <= 7 && !goes_on;
    fits.then_some((Status(u8::try_from(class).unwrap_or(5), subject, detail), end))
}

/// Every reply with the place where it begins.
pub(crate) fn replies(text: &str) -> Vec<(usize, u16)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for at in 0..bytes.len().saturating_sub(2) {
        let free = at == 0
            || matches!(bytes[at - 1], b' ' | b'\'' | b'"' | b'#' | b'(' | b'\n' | b'\t' | b';' | b':');
        let ends = match bytes.get(at + 3) {
            None => true,
            Some(after) => matches!(after, b' ' | b'-' | b'\n' | b'\r' | b'\t' | b'\'' | b'"' | b':' | b','),
        };
        if free && ends && bytes[at..at + 3].iter().all(u8::is_ascii_digit) {
            let code = bytes[at..at + 3].iter().fold(0, |sum, byte| sum * 10 + u16::from(byte - b'0'));
            if REPLIES.contains(&code) {
                found.push((at, code));
            }
        }
    }
    found
}

/// The code that a server said right behind its reply ("550 5.7.1 …"); else the first that says more than its class.
pub(crate) fn said(text: &str) -> Option<Status> {
    let all = statuses(text);
    let replies = replies(text);
    let behind = all.iter().find(|(at, status)| {
        !status.is_vague() && replies.iter().any(|(reply, _)| *at > *reply && *at <= reply + 6)
    });
    behind
        .or_else(|| all.iter().find(|(_, status)| !status.is_vague()))
        .or(all.first())
        .map(|(_, status)| *status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_from_addresses_and_versions() {
        for (text, wanted) in [
            ("550 5.1.1 unknown", Some(Status(5, 1, 1))),
            ("550-5.7.26 no", Some(Status(5, 7, 26))),
            ("5.0.0 (permanent failure)", Some(Status(5, 0, 0))),
            ("from 5.1.2.3 refused", None),
            ("version 5.9.1 of it", None),
            ("v4.2.1", None),
            ("4.2.2.", Some(Status(4, 2, 2))),
        ] {
            assert_eq!(Status::read(text), wanted, "{text}");
        }
    }

    #[test]
    fn the_code_behind_a_reply_wins() {
        assert_eq!(said("smtp; 5.1.0 - Unknown address error 550-'5.7.1 denied"), Some(Status(5, 7, 1)));
        assert_eq!(said("5.0.0 then 5.2.2"), Some(Status(5, 2, 2)));
        assert_eq!(replies("host [10.0.0.1] said: 550 5.1.1 no").first(), Some(&(22, 550)));
        assert_eq!(replies("mx 192.550.1.1, 571 x"), []);
    }
}
