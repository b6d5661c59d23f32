//! Reads the values of header fields: text, addresses, ids, dates, content types.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::Timestamp;
use mail_parser::{HeaderValue, decoders::charsets::map::charset_decoder, parsers::MessageStream};

use crate::mail::Address;

/// Longest text value that is decoded: broken encoded words make the parser go over a value again and again.
const TEXT_BYTES: usize = 8 * 1024;

/// A Content-Type or Content-Disposition with its parameters (RFC 2045, RFC 2231).
#[derive(Default)]
pub(crate) struct Typed {
    /// Lower-case `type/subtype`, or the disposition.
    pub kind: String,
    parameters: Vec<(String, String)>,
}

impl Typed {
    /// A type without parameters.
    pub fn plain(kind: &str) -> Self {
        Self { kind: kind.to_owned(), parameters: Vec::new() }
    }

    /// The first parameter of that name.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Unstructured text with its encoded words decoded (RFC 2047), on one line.
pub(crate) fn text(value: &[u8]) -> Option<String> {
    let line = unfold(value, TEXT_BYTES);
    let read = guarded(&line, |stream| match stream.parse_unstructured() {
        HeaderValue::Text(text) => text.into_owned(),
        _ => String::new(),
    })?;
    Some(one_line(&read))
}

/// The first word in lower case, for fields that hold one of a few words.
pub(crate) fn word(value: &[u8]) -> String {
    let line = unfold(value, TEXT_BYTES);
    let first = line.split([';', ' ', '\t', '(']).find(|part| !part.is_empty());
    one_line(first.unwrap_or_default()).to_ascii_lowercase()
}

/// Message-IDs without their angle brackets (RFC 5322 section 3.6.4).
///
/// Some programs leave the brackets out; then the words that look like an id count.
pub(crate) fn ids(value: &[u8]) -> Vec<String> {
    let line = unfold(value, usize::MAX);
    let mut found = Vec::new();
    for after in line.split('<').skip(1) {
        if let Some((id, _)) = after.split_once('>') {
            found.extend(id_of(id));
        }
    }
    if found.is_empty() {
        let words = line.split_whitespace().filter(|word| word.contains('@'));
        found.extend(words.filter_map(id_of));
    }
    found
}

fn id_of(text: &str) -> Option<String> {
    let id: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && !letter.is_control() && !"<>".contains(*letter))
        .collect();
    (!id.is_empty() && id.len() <= 900).then_some(id)
}

/// The path of Return-Path; an empty string is the null sender (RFC 5321 section 4.5.5).
pub(crate) fn path(value: &[u8]) -> String {
    let line = unfold(value, TEXT_BYTES);
    let inner = match line.split_once('<') {
        Some((_, rest)) => rest.split('>').next().unwrap_or_default(),
        None => line.as_str(),
    };
    one_line(inner)
}

/// The time of a Date field.
pub(crate) fn date(value: &[u8]) -> Option<Timestamp> {
    let line = unfold(value, 200);
    guarded(&line, |stream| match stream.parse_date() {
        HeaderValue::DateTime(date) if date.is_valid() => Timestamp::from_second(date.to_timestamp()).ok(),
        _ => None,
    })?
}

/// A Content-Type or Content-Disposition.
pub(crate) fn typed(value: &[u8]) -> Option<Typed> {
    let line = unfold(value, TEXT_BYTES);
    guarded(&line, |stream| match stream.parse_content_type() {
        HeaderValue::ContentType(read) => Some(Typed {
            kind: match read.subtype() {
                Some(subtype) => format!("{}/{subtype}", read.ctype()).to_ascii_lowercase(),
                None => read.ctype().to_ascii_lowercase(),
            },
            parameters: read
                .attributes()
                .unwrap_or_default()
                .iter()
                .map(|each| (each.name.to_ascii_lowercase(), one_line(&each.value)))
                .collect(),
        }),
        _ => None,
    })?
}

/// Longest piece of an address list that is parsed at once, for the same reason as `TEXT_BYTES`.
const PIECE_BYTES: usize = 4 * 1024;

/// Addresses, groups flattened: at most `most` of them, and how many were left out, counted by commas.
///
/// `None` when the parser gave up on a piece.
pub(crate) fn addresses(value: &[u8], most: usize) -> Option<(Vec<Address>, usize)> {
    let line = unfold(value, usize::MAX);
    let mut kept = Vec::new();
    let mut left_out = 0;
    for piece in pieces(&line) {
        if kept.len() >= most {
            left_out += piece.matches(',').count() + usize::from(!piece.ends_with(','));
            continue;
        }
        let read = guarded(piece, |stream| match stream.parse_address() {
            HeaderValue::Address(list) => {
                list.iter().filter_map(|each| address(each.name(), each.address())).collect()
            }
            _ => Vec::new(),
        })?;
        kept.extend(read);
    }
    left_out += kept.len().saturating_sub(most);
    kept.truncate(most);
    Some((kept, left_out))
}

/// Cuts an address list after commas that stand outside quotes, comments and angle brackets.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut cut) = (0, 0);
    let (mut quoted, mut escaped, mut comments) = (false, false, 0_u32);
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => quoted = !quoted,
            b'(' if !quoted => comments += 1,
            b')' if !quoted => comments = comments.saturating_sub(1),
            b',' if !quoted && comments == 0 => cut = at + 1,
            _ => {}
        }
        // Without a good place for that long, it is no list that any person wrote.
        let forced = at - start > PIECE_BYTES && cut <= start && line.is_char_boundary(at);
        if forced {
            cut = at;
            (quoted, comments) = (false, 0);
        }
        if at - start > PIECE_BYTES && cut > start {
            pieces.push(&line[start..cut]);
            start = cut;
        }
    }
    pieces.push(&line[start..]);
    pieces
}

fn address(name: Option<&str>, email: Option<&str>) -> Option<Address> {
    let name = name.map(one_line).filter(|name| !name.is_empty());
    let email = one_line(email.unwrap_or_default());
    // RFC 5321 section 4.5.3.1: 64 for the local part, 255 for the domain, and the @ between them.
    let email = if email.len() <= 320 { email } else { String::new() };
    match name {
        // "From: a@b" written inside quotes is an address all the same, unless the name merely contains one.
        Some(name) if email.is_empty() && name.contains('@') && !name.contains(' ') => {
            Some(Address::bare(&name))
        }
        None if email.is_empty() => None,
        name => Some(Address { name, email }),
    }
}

/// One line of Unicode: folds removed (RFC 5322 section 2.2.3), bytes that are not UTF-8 read as windows-1252.
pub(crate) fn unfold(value: &[u8], most: usize) -> String {
    let value = &value[..value.len().min(most)];
    let text = match std::str::from_utf8(value) {
        Ok(text) => text.to_owned(),
        // A cut in the middle of a character must not change how the rest is read.
        Err(error) if error.error_len().is_none() => {
            String::from_utf8_lossy(&value[..error.valid_up_to()]).into_owned()
        }
        Err(_) => windows_1252(value),
    };
    let mut line = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\0' | '\r' => {}
            '\n' if matches!(letters.peek(), Some(' ' | '\t')) => {}
            '\n' => line.push(' '),
            letter => line.push(letter),
        }
    }
    line
}

/// What unlabelled eight-bit text most often is.
pub(crate) fn windows_1252(bytes: &[u8]) -> String {
    match charset_decoder(b"windows-1252") {
        Some(decode) => decode(bytes),
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Control characters become spaces, spaces at the ends go.
fn one_line(text: &str) -> String {
    let clean: String = text
        .chars()
        .filter(|letter| *letter != '\0')
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    clean.trim().to_owned()
}

/// Runs the parser on a line. It is foreign code on hostile input: a panic inside costs this one field.
fn guarded<T>(line: &str, read: impl FnOnce(&mut MessageStream<'_>) -> T) -> Option<T> {
    let mut bytes = Vec::with_capacity(line.len() + 1);
    bytes.extend_from_slice(line.as_bytes());
    bytes.push(b'\n');
    catch_unwind(AssertUnwindSafe(|| read(&mut MessageStream::new(&bytes)))).ok()
}
