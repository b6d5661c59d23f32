//! Encoded words in header fields (RFC 2047), in the forms in which mail programs really write them.

use crate::charset::decode;

/// Longest label, and longest encoded text that is looked for inside an address list.
const LABEL_BYTES: usize = 80;
const TOKEN_BYTES: usize = 1_000;

/// An encoded word at the beginning of a text.
struct Word<'t> {
    label: &'t str,
    base64: bool,
    body: &'t str,
    length: usize,
}

/// Decodes every encoded word of a line and leaves the rest as it is.
///
/// White space between two words goes. Words of one charset are put together as bytes first, since many programs cut
/// them inside a character.
pub(crate) fn decode_words(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut joined: Option<(String, Vec<u8>)> = None;
    let mut rest = line;
    while let Some(at) = rest.find("=?") {
        let (before, from) = rest.split_at(at);
        let Some(word) = word_at(from) else {
            flush(&mut out, &mut joined);
            out.push_str(before);
            out.push_str("=?");
            rest = &from[2..];
            continue;
        };
        if !before.trim().is_empty() || joined.is_none() {
            flush(&mut out, &mut joined);
            out.push_str(before);
        }
        let label = word.label.to_ascii_lowercase();
        if joined.as_ref().is_some_and(|(open, _)| *open != label) {
            flush(&mut out, &mut joined);
        }
        let bytes = if word.base64 { base64(word.body) } else { quoted(word.body) };
        joined.get_or_insert_with(|| (label, Vec::new())).1.extend(bytes);
        rest = &from[word.length..];
    }
    flush(&mut out, &mut joined);
    out.push_str(rest);
    out
}

/// The length of an encoded word that a text begins with, for those who cut lists at commas.
pub(crate) fn word_length(text: &str) -> Option<usize> {
    let mut end = text.len().min(TOKEN_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let word = word_at(&text[..end])?;
    text[..word.length].ends_with("?=").then_some(word.length)
}

/// `=?charset*language?B or Q?text?=`; the end may be missing at the end of a text.
fn word_at(text: &str) -> Option<Word<'_>> {
    let inside = text.strip_prefix("=?")?;
    let end = inside.bytes().take(LABEL_BYTES).position(|byte| byte == b'?' || byte.is_ascii_whitespace())?;
    let (label, after) = inside.split_at(end);
    let mut letters = after.strip_prefix('?')?.chars();
    let base64 = match letters.next()? {
        'B' | 'b' => true,
        'Q' | 'q' => false,
        _ => return None,
    };
    let body = letters.as_str().strip_prefix('?')?;
    let length = match body.find("?=") {
        Some(end) => end,
        // Cut off by a program that shortens headers: to the next space.
        None => body.find(' ').unwrap_or(body.len()),
    };
    let closed = body[length..].starts_with("?=");
    let before = text.len() - body.len();
    Some(Word { label, base64, body: &body[..length], length: before + length + if closed { 2 } else { 0 } })
}

fn flush(out: &mut String, joined: &mut Option<(String, Vec<u8>)>) {
    if let Some((label, bytes)) = joined.take() {
        out.push_str(&decode(&bytes, &label).text);
    }
}

/// Base64 with whatever padding: none, too much, or in the middle where pieces were put together.
pub(crate) fn base64(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut held, mut bits) = (0_u32, 0);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                (held, bits) = (0, 0);
                continue;
            }
            _ => continue,
        };
        held = held << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits & 0xff) as u8);
            held &= (1 << bits) - 1;
        }
    }
    out
}

/// The Q encoding (RFC 2047 section 4.2); an equals sign without a code stands for itself.
fn quoted(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'_' => out.push(b' '),
            b'=' => {
                let mut ahead = bytes.clone();
                match (ahead.next().and_then(hex), ahead.next().and_then(hex)) {
                    (Some(high), Some(low)) => {
                        out.push(high << 4 | low);
                        bytes = ahead;
                    }
                    _ => out.push(b'='),
                }
            }
            _ => out.push(byte),
        }
    }
    out
}

/// The value of a hexadecimal digit.
pub(crate) fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}
