//! Reads the replies of SMTP servers (RFC 5321 section 4.2).

use std::io;

use tokio::time::Instant;

use super::wire::{Line, Wire};

const LINE_BYTES: usize = 4096;
const LINES: usize = 100;

/// A reply: its code, and its lines without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub code: u16,
    pub lines: Vec<String>,
}

impl Reply {
    pub fn is_positive(&self) -> bool {
        (200..400).contains(&self.code)
    }

    pub fn is_permanent(&self) -> bool {
        (500..600).contains(&self.code)
    }

    /// The reply on one line, for the person who asks why.
    pub fn text(&self) -> String {
        let joined = format!("{} {}", self.code, self.lines.join(" "));
        base::text::cut(&base::text::without_nul(&joined), 500).trim().to_owned()
    }

    /// Parameters of an extension that the server names in its answer to EHLO.
    pub fn extension(&self, name: &str) -> Option<&str> {
        self.lines.iter().skip(1).find_map(|line| {
            let (word, rest) = line.split_once([' ', '=']).unwrap_or((line, ""));
            word.eq_ignore_ascii_case(name).then_some(rest)
        })
    }
}

/// Reads one reply, whole before `until`; an error when the server closes or speaks another language.
pub async fn read(wire: &mut Wire, until: Instant) -> io::Result<Reply> {
    let mut lines = Vec::new();
    loop {
        let line = match wire.line(LINE_BYTES, until).await? {
            Line::Whole(line) | Line::Lone(line) => line,
            Line::TooLong => return Err(garbled()),
            Line::Closed => return Err(io::ErrorKind::UnexpectedEof.into()),
        };
        let (code, last, text) = parse(&line).ok_or_else(garbled)?;
        lines.push(text);
        if last {
            return Ok(Reply { code, lines });
        }
        if lines.len() > LINES {
            return Err(garbled());
        }
    }
}

fn parse(line: &[u8]) -> Option<(u16, bool, String)> {
    let digits = line.get(..3).filter(|digits| digits.iter().all(u8::is_ascii_digit))?;
    let code: u16 =
        std::str::from_utf8(digits).ok()?.parse().ok().filter(|code| (200..600).contains(code))?;
    let last = match line.get(3) {
        None | Some(b' ') => true,
        Some(b'-') => false,
        Some(_) => return None,
    };
    let text = String::from_utf8_lossy(line.get(4..).unwrap_or_default()).into_owned();
    Some((code, last, text))
}

fn garbled() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the server does not speak SMTP")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reply_lines_are_read_or_refused() {
        assert_eq!(parse(b"250 ok"), Some((250, true, "ok".into())));
        assert_eq!(parse(b"250-SIZE 1"), Some((250, false, "SIZE 1".into())));
        assert_eq!(parse(b"354"), Some((354, true, String::new())));
        for garbage in ["", "25", "abc", "250x", "999 x", "HTTP/1.1 400"] {
            assert_eq!(parse(garbage.as_bytes()), None, "{garbage}");
        }
    }

    #[test]
    fn extensions_are_found_after_the_greeting_line() {
        let lines = ["SIZE", "size 1000", "AUTH=PLAIN LOGIN"].map(str::to_owned).to_vec();
        let reply = Reply { code: 250, lines };
        assert_eq!(reply.extension("SIZE"), Some("1000"));
        assert_eq!(reply.extension("AUTH"), Some("PLAIN LOGIN"));
        assert_eq!(reply.extension("STARTTLS"), None);
    }
}
