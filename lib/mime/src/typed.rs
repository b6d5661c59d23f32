//! Content-Type and Content-Disposition with their parameters (RFC 2045, RFC 2231), whatever their state.

use std::collections::BTreeMap;

use crate::charset::decode;
use crate::value::{one_line, unfold};
use crate::words::{decode_words, hex};

/// Longest field that is read, and most parameters of it.
const FIELD_BYTES: usize = 16 * 1024;
const PARAMETERS: usize = 100;

/// A content type or a disposition.
#[derive(Default)]
pub(crate) struct Typed {
    /// Lower-case `type/subtype`, or the disposition.
    pub kind: String,
    parameters: BTreeMap<String, String>,
}

impl Typed {
    /// A type without parameters.
    pub fn plain(kind: &str) -> Self {
        Self { kind: kind.to_owned(), parameters: BTreeMap::new() }
    }

    /// The parameter of that name.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).map(String::as_str)
    }
}

/// Reads the field; `None` when it holds no kind at all.
pub(crate) fn typed(value: &[u8]) -> Option<Typed> {
    let line = unfold(value, FIELD_BYTES);
    let line = line.trim_start_matches([' ', '\t', ';', '"', ':']);
    let end = line.find([';', ' ', '\t', ',', '(', '"']).unwrap_or(line.len());
    let (kind, mut rest) = line.split_at(end);
    // "text/plain" with spaces around the slash, and "charset=utf-8" without any kind.
    let kind: String = match rest.trim_start().strip_prefix('/').filter(|_| !kind.contains('/')) {
        Some(after) => {
            let after = after.trim_start();
            let end = after.find([';', ' ', '(']).unwrap_or(after.len());
            rest = &after[end..];
            format!("{kind}/{}", &after[..end])
        }
        None => kind.to_owned(),
    };
    let (kind, rest) = if kind.contains('=') { (String::new(), line) } else { (kind, rest) };
    let pieces = pieces(rest);
    if kind.is_empty() && pieces.is_empty() {
        return None;
    }
    Some(Typed { kind: one_line(&kind).to_ascii_lowercase(), parameters: joined(pieces) })
}

/// A parameter as it was written: `name*0*` is piece 0 of `name`, extended.
struct Piece {
    name: String,
    number: Option<usize>,
    extended: bool,
    value: String,
}

fn pieces(mut rest: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    while found.len() < PARAMETERS {
        rest = rest.trim_start_matches([';', ' ', '\t', ',']);
        if let Some(comment) = rest.strip_prefix('(') {
            rest = comment.find(')').map_or("", |end| &comment[end + 1..]);
            continue;
        }
        let Some(end) = rest.find(['=', ';']) else { break };
        let (name, after) = rest.split_at(end);
        let Some(after) = after.strip_prefix('=') else {
            rest = after;
            continue;
        };
        let name = name.trim().rsplit([' ', '\t']).next().unwrap_or_default().to_ascii_lowercase();
        let (value, after) = value_of(&name, after.trim_start());
        rest = after;
        let extended = name.ends_with('*');
        let (name, number) = match name.trim_end_matches('*').split_once('*') {
            Some((base, number)) => (base.to_owned(), number.parse().ok()),
            None => (name.trim_end_matches('*').to_owned(), None),
        };
        found.push(Piece { name, number, extended, value });
    }
    found
}

/// The value that stands here, and what is behind it.
fn value_of<'t>(name: &str, text: &'t str) -> (String, &'t str) {
    if let Some(quoted) = text.strip_prefix('"')
        && let Some((value, rest)) = quoted_end(quoted)
    {
        return (value, rest);
    }
    let value = &text[..text.find(';').unwrap_or(text.len())];
    // File names hold spaces although they should be quoted then; other values end there.
    let named = name.starts_with("filename") || name.starts_with("name");
    let end = if named { value.len() } else { value.find([' ', '\t', ',']).unwrap_or(value.len()) };
    (value[..end].trim_matches([' ', '\t', '"']).to_owned(), &text[end..])
}

/// The text of a quoted string and what is behind it. Backslashes stay where they stand in paths of Windows.
fn quoted_end(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => match letters.next_if(|(_, next)| matches!(next, '"' | '\\')) {
                Some((_, next)) => value.push(next),
                None => value.push('\\'),
            },
            _ => value.push(letter),
        }
    }
    None
}

/// Puts pieces together; an extended value counts more than a plain one (RFC 2231, RFC 6266 section 4.3).
fn joined(pieces: Vec<Piece>) -> BTreeMap<String, String> {
    let mut plain = BTreeMap::new();
    let mut extended: BTreeMap<String, BTreeMap<usize, Piece>> = BTreeMap::new();
    for piece in pieces {
        match piece.number.or(piece.extended.then_some(0)) {
            Some(number) => {
                let of_name: &mut BTreeMap<usize, Piece> = extended.entry(piece.name.clone()).or_default();
                of_name.entry(number).or_insert(piece);
            }
            None => {
                plain.entry(piece.name).or_insert(one_line(&decode_words(&piece.value)));
            }
        }
    }
    for (name, pieces) in extended {
        let value = one_line(&together(pieces));
        if !value.is_empty() {
            plain.insert(name, value);
        }
    }
    plain
}

/// Pieces in the order of their numbers; one that is missing leaves a gap and no more.
fn together(pieces: BTreeMap<usize, Piece>) -> String {
    let mut label = String::new();
    let mut bytes = Vec::new();
    let mut any = false;
    for (at, piece) in pieces.into_values().enumerate() {
        any |= piece.extended;
        let mut value = piece.value.as_str();
        if at == 0 && piece.extended {
            let mut parts = piece.value.splitn(3, '\'');
            if let (Some(charset), Some(_), Some(rest)) = (parts.next(), parts.next(), parts.next()) {
                label = charset.to_owned();
                value = rest;
            }
        }
        if piece.extended {
            unescape(value, &mut bytes);
        } else {
            bytes.extend_from_slice(value.as_bytes());
        }
    }
    let text = decode(&bytes, &label).text;
    // Some programs cut an encoded word into pieces instead of a value.
    if any && !text.contains("=?") { text } else { decode_words(&text) }
}

fn unescape(value: &str, bytes: &mut Vec<u8>) {
    let mut rest = value.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after) {
            (b'%', [high, low, tail @ ..]) if hex(*high).is_some() && hex(*low).is_some() => {
                bytes.push(hex(*high).unwrap_or(0) << 4 | hex(*low).unwrap_or(0));
                rest = tail;
            }
            _ => bytes.push(byte),
        }
    }
}
