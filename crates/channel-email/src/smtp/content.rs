//! The content of a mail between DATA and its final dot, read without any IO.
//!
//! Only CR LF "." CR LF ends it. A line break of one byte alone is what smuggling is made of (CVE-2023-51764
//! and its sisters): two servers that disagree about it see different mails. Such content is refused as a whole.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    LineStart,
    Line,
    Cr,
    Dot,
    DotCr,
}

/// Gathers the content, dots undone (RFC 5321 section 4.5.2).
#[derive(Debug)]
pub struct Content {
    bytes: Vec<u8>,
    at: At,
    most: usize,
    seen: usize,
    lone: bool,
    done: bool,
}

impl Content {
    pub fn new(most: usize) -> Content {
        Content { bytes: Vec::new(), at: At::LineStart, most, seen: 0, lone: false, done: false }
    }

    /// Takes what has come; answers how much of it belongs to the content. What follows the final dot doesn't.
    pub fn feed(&mut self, chunk: &[u8]) -> usize {
        let mut rest = chunk;
        while let Some((&byte, after)) = rest.split_first() {
            let plain = self.plain(rest);
            if plain > 0 {
                self.seen += plain;
                self.keep(&rest[..plain]);
                rest = &rest[plain..];
                continue;
            }
            self.step(byte);
            rest = after;
            if self.done {
                break;
            }
        }
        chunk.len() - rest.len()
    }

    /// How many bytes only continue a line: nearly all of a mail.
    fn plain(&self, rest: &[u8]) -> usize {
        match self.at {
            At::Line => rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len()),
            _ => 0,
        }
    }

    fn step(&mut self, byte: u8) {
        self.seen += 1;
        self.at = match (self.at, byte) {
            (At::LineStart, b'.') => At::Dot,
            (At::Dot, b'\r') => At::DotCr,
            (At::DotCr, b'\n') => {
                self.done = true;
                At::DotCr
            }
            (At::LineStart | At::Line, b'\r') => At::Cr,
            (At::Cr, b'\n') => {
                self.keep(b"\r\n");
                At::LineStart
            }
            // A lone CR: what follows it may be the CR of a line break.
            (At::Cr | At::DotCr, _) => {
                self.refuse();
                if byte == b'\r' { At::Cr } else { At::Line }
            }
            (_, b'\n') => {
                self.refuse();
                At::Line
            }
            _ => {
                self.keep(&[byte]);
                At::Line
            }
        };
    }

    fn keep(&mut self, bytes: &[u8]) {
        if !self.lone && self.seen <= self.most {
            self.bytes.extend_from_slice(bytes);
        } else {
            // What is refused anyway needs no memory.
            self.bytes = Vec::new();
        }
    }

    fn refuse(&mut self) {
        self.lone = true;
        self.bytes = Vec::new();
    }

    /// Keeps nothing of what has come and of what will come.
    pub fn forget(&mut self) {
        self.most = 0;
        self.bytes = Vec::new();
    }

    /// Whether the final dot has come.
    pub fn is_done(&self) -> bool {
        self.done
    }

    /// Whether there was a CR or LF alone.
    pub fn has_lone_break(&self) -> bool {
        self.lone
    }

    pub fn is_too_large(&self) -> bool {
        self.seen > self.most
    }

    /// Bytes that have come, kept or not.
    pub fn seen(&self) -> usize {
        self.seen
    }

    /// Bytes that are held in memory.
    pub fn held(&self) -> usize {
        self.bytes.len()
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(raw: &[u8], chunk: usize) -> (Content, usize) {
        let mut content = Content::new(1_000_000);
        let mut used = 0;
        for piece in raw.chunks(chunk) {
            used += content.feed(piece);
            if content.is_done() {
                break;
            }
        }
        (content, used)
    }

    #[test]
    fn dots_are_undone_and_what_follows_is_left() {
        for chunk in [1, 2, 3, 100] {
            let (content, used) = read(b"a\r\n..b\r\n.c\r\n\r\n.\r\nQUIT\r\n", chunk);
            assert!(content.is_done() && !content.has_lone_break());
            assert_eq!(used, b"a\r\n..b\r\n.c\r\n\r\n.\r\n".len());
            assert_eq!(content.into_bytes(), b"a\r\n.b\r\nc\r\n\r\n");
        }
    }

    #[test]
    fn an_empty_mail_ends_at_once() {
        let (content, _) = read(b".\r\n", 1);
        assert!(content.is_done() && content.into_bytes().is_empty());
    }

    #[test]
    fn only_the_whole_line_with_a_dot_ends_a_mail() {
        let ends = [
            "\n.\n",
            "\n.\r\n",
            "\r\n.\n",
            "\r.\r",
            "\r.\r\n",
            "\r\n.\r",
            "\r\n.\r\r\n",
            "\n\r.\n\r",
            "\r\n\0.\r\n",
            "\r\r\n.\n",
        ];
        for end in ends {
            let (content, _) = read(format!("Subject: a\r\n\r\nbody{end}MAIL FROM:<x@y>\r\n").as_bytes(), 7);
            assert!(!content.is_done(), "{end:?} must not end a mail");
            assert!(content.has_lone_break() || end.contains('\0'), "{end:?} must be noticed");
        }
    }

    #[test]
    fn what_is_too_large_takes_no_memory() {
        let mut content = Content::new(10);
        content.feed(&[b'a'; 50]);
        assert!(content.is_too_large());
        assert_eq!((content.seen(), content.held()), (50, 0));
        content.feed(b"\r\n.\r\n");
        assert!(content.is_done());
    }

    proptest! {
        #[test]
        fn what_was_stuffed_comes_back(lines in proptest::collection::vec("[.a]{0,4}", 0..20), chunk in 1_usize..9) {
            let plain: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
            let mut sent = super::super::stuffing::stuffed(plain.as_bytes());
            sent.extend_from_slice(b".\r\n");
            let (content, used) = read(&sent, chunk);
            prop_assert_eq!(used, sent.len());
            prop_assert!(content.is_done() && !content.has_lone_break());
            prop_assert_eq!(content.into_bytes(), plain.into_bytes());
        }

        #[test]
        fn any_bytes_are_survived(raw in proptest::collection::vec(any::<u8>(), 0..400), chunk in 1_usize..50) {
            let (content, used) = read(&raw, chunk);
            prop_assert!(used <= raw.len() && content.held() <= raw.len());
        }
    }
}
