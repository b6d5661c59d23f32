//! Decodes bodies: transfer encodings and charsets.

use std::borrow::Cow;

use mail_parser::decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode};

use crate::{charset, mail::Problem, uuencode, words::hex};

/// Undoes the Content-Transfer-Encoding (RFC 2045 section 6).
pub(crate) fn decode<'b>(body: &'b [u8], encoding: &str, problems: &mut Vec<Problem>) -> Cow<'b, [u8]> {
    let strict = match encoding {
        "base64" => base64_decode(body),
        "quoted-printable" => quoted_printable_decode(body),
        "uuencode" | "uue" | "x-uuencode" | "x-uue" => {
            return uuencode::decode(body).map_or(Cow::Borrowed(body), Cow::Owned);
        }
        _ => return Cow::Borrowed(body),
    };
    Cow::Owned(strict.unwrap_or_else(|| {
        problems.push(Problem::BadEncoding);
        if encoding == "base64" { salvage_base64(body) } else { salvage_quoted(body) }
    }))
}

/// Decodes what is base64 in a damaged body and leaves the rest out.
fn salvage_base64(body: &[u8]) -> Vec<u8> {
    let alphabet = |byte: &&u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
    // Text that list software adds behind the padding is no data.
    let padding = body.windows(2).position(|pair| pair[0] == b'=' && pair[1] != b'=');
    let body = &body[..padding.map_or(body.len(), |at| at + 1)];
    let kept: Vec<u8> = body.iter().filter(alphabet).copied().collect();
    base64_decode(&kept).unwrap_or(kept)
}

/// Decodes quoted-printable in which an equals sign without a code stands for itself.
fn salvage_quoted(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'=' {
            out.push(byte);
            continue;
        }
        match after {
            [b'\r', b'\n', tail @ ..] | [b'\n', tail @ ..] => rest = tail,
            [high, low, tail @ ..] => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    out.push(high << 4 | low);
                    rest = tail;
                }
                _ => out.push(b'='),
            },
            _ => out.push(b'='),
        }
    }
    out
}

/// Bytes as Unicode, by the charset that the part names or by what the bytes look like.
pub(crate) fn text(bytes: &[u8], charset: Option<&str>, problems: &mut Vec<Problem>) -> String {
    let decoded = charset::decode(bytes, charset.unwrap_or_default());
    if !decoded.fits {
        problems.push(Problem::BadCharset);
    }
    tidy(decoded.text)
}

/// One kind of line break, no byte order mark, and no NUL, which PostgreSQL can't store.
pub(crate) fn tidy(text: String) -> String {
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    if text.contains(['\r', '\0']) {
        text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "")
    } else {
        text
    }
}

/// The charset that an HTML page names for itself, for parts whose header names none.
pub(crate) fn html_charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let (_, after) = head.split_once("charset=")?;
    let after = after.trim_start_matches(['"', '\'', ' ']);
    let label: String = after
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || "-_:".contains(*letter))
        .collect();
    (!label.is_empty()).then_some(label)
}
