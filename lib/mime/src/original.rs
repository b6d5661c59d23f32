//! A mail as it came, made readable for a person who wants to look behind what is shown.

use crate::{charset::decode, field::read_fields, limits::Limits, value};

/// A header field with its encoded words decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderField {
    /// As the sender wrote it.
    pub name: String,
    /// On one line, bounded.
    pub value: String,
}

/// Longest value that is shown.
const VALUE_CHARS: usize = 2_000;

/// The first header fields in their order, at most `most`.
#[must_use]
pub fn header_fields(raw: &[u8], most: usize) -> Vec<HeaderField> {
    let limits = Limits { fields: most, field_bytes: 16 * 1024, ..Limits::default() };
    let start = raw.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(raw.len());
    let (fields, _) = read_fields(raw, start, &limits, |_| false);
    let shown = fields.list.iter().map(|field| HeaderField {
        name: String::from_utf8_lossy(field.name).into_owned(),
        value: value::text(field.value).chars().take(VALUE_CHARS).collect(),
    });
    shown.collect()
}

/// The first bytes as text, whatever they are: UTF-8, or what they look like.
#[must_use]
pub fn raw_text(raw: &[u8], most: usize) -> String {
    let mut end = raw.len().min(most);
    // Not in the middle of a character.
    while end > 0 && raw.len().min(most) - end < 3 && raw.get(end).is_some_and(|byte| byte & 0xc0 == 0x80) {
        end -= 1;
    }
    decode(&raw[..end], "").text.replace("\r\n", "\n").replace('\0', "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::{header_fields, raw_text};

    #[test]
    fn fields_are_decoded_and_bounded_and_text_is_text() {
        let raw = b"Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\nX-Odd: a\r\n\tb\r\n\r\nbody\0";
        let fields = header_fields(raw, 10);
        let pairs: Vec<_> = fields.iter().map(|each| (each.name.as_str(), each.value.as_str())).collect();
        assert_eq!(pairs, [("Subject", "Grüße"), ("X-Odd", "a\tb".replace('\t', " ").as_str())]);
        assert_eq!(header_fields(raw, 1).len(), 1);
        assert!(raw_text(raw, 1_000).ends_with("\n\nbody\u{fffd}"));
        assert_eq!(raw_text("Grü".as_bytes(), 3), "Gr");
        assert_eq!(raw_text(b"Gr\xfc\xdfe aus M\xfcnchen", 100), "Grüße aus München");
        assert_eq!(header_fields(b"", 5), []);
    }
}
