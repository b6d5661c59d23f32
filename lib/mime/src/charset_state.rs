//! Encodings in which bytes switch the meaning of those after them, as far as no library reads them.

use std::borrow::Cow;

/// UTF-7 (RFC 2152). What is not UTF-7 stands for itself.
pub(crate) fn utf_7(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'+' {
            // Bytes beyond ASCII are not allowed; Latin 1 is the least wrong.
            out.push(char::from(byte));
            continue;
        }
        let length = after.iter().take_while(|byte| digit(**byte).is_some()).count();
        if length == 0 {
            out.push('+');
        } else {
            push_utf_16(&mut out, &after[..length]);
        }
        rest = &after[length..];
        rest = rest.strip_prefix(b"-").unwrap_or(rest);
    }
    out
}

fn push_utf_16(out: &mut String, digits: &[u8]) {
    let mut units = Vec::with_capacity(digits.len() * 6 / 16 + 1);
    let (mut held, mut bits) = (0_u32, 0);
    for value in digits.iter().filter_map(|byte| digit(*byte)) {
        held = held << 6 | value;
        bits += 6;
        if bits >= 16 {
            bits -= 16;
            units.push((held >> bits & 0xffff) as u16);
            held &= (1 << bits) - 1;
        }
    }
    out.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
}

fn digit(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

/// UTF-32, of which mail holds next to nothing.
pub(crate) fn utf_32(bytes: &[u8], little: bool) -> String {
    let letter = |four: &[u8]| {
        let four = [four[0], four[1], four[2], four[3]];
        let code = if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) };
        char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
    };
    bytes.chunks_exact(4).map(letter).collect()
}

/// ISO-2022-KR (RFC 1557) as EUC-KR: between SO and SI the upper bit is left out.
pub(crate) fn iso_2022_kr(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut shifted = false;
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            0x1b => rest = after.strip_prefix(b"$)C").unwrap_or(after),
            0x0e => shifted = true,
            0x0f => shifted = false,
            b'\n' => {
                shifted = false;
                out.push(byte);
            }
            0x21..=0x7e if shifted => out.push(byte | 0x80),
            _ => out.push(byte),
        }
    }
    out
}

/// HZ (RFC 1843) as GB2312: between `~{` and `~}` the upper bit is left out.
pub(crate) fn hz(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut shifted = false;
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after.first()) {
            (b'~', Some(b'{')) => (shifted, rest) = (true, &after[1..]),
            (b'~', Some(b'}')) => (shifted, rest) = (false, &after[1..]),
            (b'~', Some(b'~')) => {
                out.push(b'~');
                rest = &after[1..];
            }
            (b'~', Some(b'\n')) => rest = &after[1..],
            (b'\n', _) => {
                shifted = false;
                out.push(byte);
            }
            (0x21..=0x7e, _) if shifted => out.push(byte | 0x80),
            _ => out.push(byte),
        }
    }
    out
}

/// Of escape sequences that follow each other at once only the last counts; where encoded words were joined, they do.
pub(crate) fn one_escape(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.windows(4).any(|four| four[0] == 0x1b && four[3] == 0x1b) {
        return Cow::Borrowed(bytes);
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        if byte == 0x1b && rest.get(3) == Some(&0x1b) {
            rest = &rest[3..];
        } else {
            out.push(byte);
            rest = after;
        }
    }
    Cow::Owned(out)
}
