//! Texts with macros: `%{ir}.%{v}.arpa` (RFC 7208 section 7).

use std::net::IpAddr;

/// A piece of a text with macros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Plain(String),
    Macro { letter: char, escaped: bool, keep: Option<usize>, reversed: bool, delimiters: String },
}

/// A text that was read; its syntax is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Text(Vec<Piece>);

impl Text {
    /// A `macro-string`; `None` when the syntax is wrong. The letters c, r and t belong to explanations alone.
    pub fn read(text: &str) -> Option<Text> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let (piece, left) = match first {
                '%' => escape(&rest[1..])?,
                '\u{21}'..='\u{7e}' => {
                    let end = rest.find('%').unwrap_or(rest.len());
                    (Piece::Plain(rest[..end].to_owned()), &rest[end..])
                }
                _ => return None,
            };
            if let Piece::Plain(plain) = &piece
                && plain.bytes().any(|byte| !(0x20..=0x7e).contains(&byte))
            {
                return None;
            }
            pieces.push(piece);
            rest = left;
        }
        Some(Text(pieces))
    }

    /// A `domain-spec`: it ends in a macro or in a label that can be a top one.
    pub fn read_domain(text: &str) -> Option<Text> {
        let read = Text::read(text)?;
        match read.0.last()? {
            Piece::Macro { .. } => Some(read),
            Piece::Plain(_) if text.ends_with("%%") || text.ends_with("%_") || text.ends_with("%-") => {
                Some(read)
            }
            Piece::Plain(plain) => {
                let plain = plain.strip_suffix('.').unwrap_or(plain);
                let (_, top) = plain.rsplit_once('.')?;
                is_top_label(top).then_some(read)
            }
        }
    }

    /// Whether the name of the server is needed, which costs questions.
    pub fn needs_name(&self) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Macro { letter: 'p', .. }))
    }

    pub fn expand(&self, values: &Values<'_>) -> String {
        let mut out = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Plain(plain) => out.push_str(plain),
                Piece::Macro { letter, escaped, keep, reversed, delimiters } => {
                    let value = values.of(*letter);
                    let mut parts: Vec<&str> = match delimiters.is_empty() {
                        true => value.split('.').collect(),
                        false => value.split(|c| delimiters.contains(c)).collect(),
                    };
                    if *reversed {
                        parts.reverse();
                    }
                    let from = keep.map_or(0, |keep| parts.len().saturating_sub(keep));
                    let value = parts[from..].join(".");
                    out.push_str(&if *escaped { percent(&value) } else { value });
                }
            }
        }
        out
    }
}

/// What the letters stand for.
pub(crate) struct Values<'v> {
    pub sender: String,
    pub local: &'v str,
    pub sender_domain: &'v str,
    pub domain: &'v str,
    pub ip: IpAddr,
    pub helo: &'v str,
    pub name: String,
}

impl Values<'_> {
    fn of(&self, letter: char) -> String {
        match letter {
            's' => self.sender.clone(),
            'l' => self.local.to_owned(),
            'o' => self.sender_domain.to_owned(),
            'd' => self.domain.to_owned(),
            'i' => match self.ip {
                IpAddr::V4(ip) => ip.to_string(),
                IpAddr::V6(ip) => nibbles(ip),
            },
            'p' => self.name.clone(),
            'v' => if self.ip.is_ipv4() { "in-addr" } else { "ip6" }.to_owned(),
            _ => self.helo.to_owned(),
        }
    }
}

/// Hexadecimal digits with dots between them (section 7.3).
pub(crate) fn nibbles(ip: std::net::Ipv6Addr) -> String {
    let digits: Vec<String> =
        format!("{:032x}", ip.to_bits()).chars().map(|digit| digit.to_string()).collect();
    digits.join(".")
}

/// Behind a `%`.
fn escape(rest: &str) -> Option<(Piece, &str)> {
    let plain = |text: &str| Piece::Plain(text.to_owned());
    match rest.chars().next()? {
        '%' => Some((plain("%"), &rest[1..])),
        '_' => Some((plain(" "), &rest[1..])),
        '-' => Some((plain("%20"), &rest[1..])),
        '{' => {
            let (inside, left) = rest[1..].split_once('}')?;
            Some((expression(inside)?, left))
        }
        _ => None,
    }
}

fn expression(inside: &str) -> Option<Piece> {
    let first = inside.chars().next()?;
    let letter = first.to_ascii_lowercase();
    if !"slodiphv".contains(letter) {
        return None;
    }
    let rest = &inside[1..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let keep = match &rest[..digits] {
        "" => None,
        number => Some(number.parse::<usize>().unwrap_or(usize::MAX)).filter(|keep| *keep > 0).map(Some)?,
    };
    let rest = &rest[digits..];
    let (reversed, delimiters) = match rest.strip_prefix(['r', 'R']) {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let known = delimiters.chars().all(|c| ".-+,/_=".contains(c));
    let escaped = first.is_ascii_uppercase();
    known.then(|| Piece::Macro { letter, escaped, keep, reversed, delimiters: delimiters.to_owned() })
}

/// `toplabel` of section 7.1: letters and digits with a letter or a hyphen inside.
fn is_top_label(label: &str) -> bool {
    let plain = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let ends = !label.starts_with('-') && !label.ends_with('-');
    let named = label.bytes().any(|byte| byte.is_ascii_alphabetic() || byte == b'-');
    !label.is_empty() && plain && ends && named
}

fn percent(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
