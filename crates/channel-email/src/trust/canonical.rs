//! Brings a mail into the form over which signatures were made.
//!
//! Two things get in the way. Mail from a pipe often has bare line feeds, while signatures are over CR LF. And
//! mail-auth 0.13.3 keeps lines of white space at the end of a body, which the relaxed form of RFC 6376 section
//! 3.4.4 drops: a body that ends in such lines fails its hash although nobody touched it.

use std::borrow::Cow;

/// The mail with CR LF at every line's end.
pub fn with_line_ends(raw: &[u8]) -> Cow<'_, [u8]> {
    let bare = raw.iter().enumerate().any(|(at, byte)| *byte == b'\n' && (at == 0 || raw[at - 1] != b'\r'));
    if !bare {
        return Cow::Borrowed(raw);
    }
    let mut out = Vec::with_capacity(raw.len() + raw.len() / 32);
    for (at, byte) in raw.iter().enumerate() {
        if *byte == b'\n' && (at == 0 || raw[at - 1] != b'\r') {
            out.push(b'\r');
        }
        out.push(*byte);
    }
    Cow::Owned(out)
}

/// The mail without the lines of white space at its end; `None` when there are none.
pub fn without_blank_tail(raw: &[u8]) -> Option<Vec<u8>> {
    let body = raw.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)?;
    let kept =
        raw[body..].iter().rposition(|byte| !b" \t\r\n".contains(byte)).map_or(body, |at| body + at + 1);
    let tail = &raw[kept..];
    // White space behind the last word belongs to its line, and is dropped rightly.
    let blank = match (tail.iter().position(|byte| *byte == b'\n'), kept == body) {
        (_, true) => tail,
        (Some(end), false) => &tail[end + 1..],
        (None, false) => return None,
    };
    if !blank.iter().any(|byte| b" \t".contains(byte)) {
        return None;
    }
    let mut out = raw[..raw.len() - blank.len()].to_vec();
    if kept == body {
        out.truncate(body);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_line_feeds_get_their_other_half() {
        assert_eq!(with_line_ends(b"A: b\n\nc\r\nd\n").as_ref(), b"A: b\r\n\r\nc\r\nd\r\n");
        assert!(matches!(with_line_ends(b"A: b\r\n\r\nc\r\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn only_lines_of_white_space_at_the_end_go() {
        let cut =
            |text: &str| without_blank_tail(text.as_bytes()).map(|raw| String::from_utf8(raw).expect("text"));
        assert_eq!(cut("A: b\r\n\r\nHi\r\n \r\n").as_deref(), Some("A: b\r\n\r\nHi\r\n"));
        assert_eq!(cut("A: b\r\n\r\nHi \t\r\n\r\n\t\r\n \r\n").as_deref(), Some("A: b\r\n\r\nHi \t\r\n"));
        assert_eq!(cut("A: b\r\n\r\n \r\n").as_deref(), Some("A: b\r\n\r\n"));
        for whole in [
            "A: b\r\n\r\nHi\r\n",
            "A: b\r\n\r\nHi\r\n\r\n\r\n",
            "A: b\r\n\r\nHi \r\n",
            "A: b\r\n\r\n",
            "A: b",
        ] {
            assert_eq!(cut(whole), None, "{whole:?}");
        }
    }
}
