//! Bytes as Unicode, by the charset that a label names or by what the bytes look like.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use crate::charset_state::{hz, iso_2022_kr, one_escape, utf_7, utf_32};
use crate::charset_table::TABLES;

/// Bytes that the guess looks at: more does not change it, and it is the slowest step of reading.
const GUESS_BYTES: usize = 64 * 1024;

/// Text, and whether the label held what it promised.
pub(crate) struct Decoded {
    pub text: String,
    pub fits: bool,
}

impl Decoded {
    fn new(text: impl Into<String>, fits: bool) -> Self {
        Self { text: text.into(), fits }
    }
}

/// Decodes by the label; by the bytes where the label is missing, says nothing, or can't be true.
pub(crate) fn decode(bytes: &[u8], label: &str) -> Decoded {
    let label = tidy_label(label);
    match label.as_str() {
        // Labels that say nothing, or less than the bytes may hold.
        "" | "us-ascii" | "ascii" | "x-ascii" | "ansi_x3.4-1968" | "iso646-us" | "unknown-8bit"
        | "unknown" | "x-unknown" | "x-user-defined" | "default" | "none" | "binary" | "7bit" | "8bit" => {
            guess(bytes)
        }
        "utf-8" | "utf8" | "utf_8" | "unicode-1-1-utf-8" | "utf-8n" | "x-utf-8" => utf_8(bytes),
        "utf-7" | "utf7" | "unicode-1-1-utf-7" | "csutf7" | "x-utf-7" => Decoded::new(utf_7(bytes), true),
        "utf-16" | "utf16" | "unicode" | "ucs-2" | "iso-10646-ucs-2" | "csunicode" | "utf-16le"
        | "utf-16be" => utf_16(bytes, &label),
        "utf-32" | "utf-32be" | "utf-32le" | "ucs-4" => {
            Decoded::new(utf_32(bytes, label.ends_with("le")), true)
        }
        "iso-2022-kr" | "csiso2022kr" => web(&iso_2022_kr(bytes), encoding_rs::EUC_KR),
        "hz-gb-2312" | "hz" => web(&hz(bytes), encoding_rs::GB18030),
        _ => named(bytes, &label),
    }
}

/// `"ISO_8859-1*en"` and the like to one spelling.
fn tidy_label(label: &str) -> String {
    let label = label.trim().trim_matches(['"', '\'', '<', '>', '=', ';', ',', ' ']);
    let label = label.split(['*', ' ']).next().unwrap_or_default().to_ascii_lowercase();
    label.strip_prefix("charset=").unwrap_or(&label).to_owned()
}

fn named(bytes: &[u8], label: &str) -> Decoded {
    if let Some(encoding) = encoding_of(label) {
        // Western labels are put on everything; UTF-8 hardly ever comes about by chance.
        if encoding.is_single_byte() && !bytes.is_ascii() {
            let many =
                encoding == encoding_rs::WINDOWS_1252 || bytes.iter().filter(|b| **b >= 0x80).count() > 3;
            if let (true, Ok(text)) = (many, std::str::from_utf8(bytes)) {
                return Decoded::new(text, false);
            }
        }
        return web(bytes, encoding);
    }
    match table_of(label) {
        Some(table) => Decoded::new(by_table(bytes, table), true),
        None => Decoded { fits: false, ..guess(bytes) },
    }
}

/// The encodings of the WHATWG standard under the names that mail programs give them.
fn encoding_of(label: &str) -> Option<&'static Encoding> {
    if let Some(encoding) = Encoding::for_label(label.as_bytes()) {
        // These two would be read as nothing or as what browsers need.
        return (encoding != encoding_rs::REPLACEMENT).then_some(encoding);
    }
    let plain: String = label.chars().filter(char::is_ascii_alphanumeric).collect();
    if let Some(number) = plain.strip_prefix("iso8859") {
        let number = number.trim_end_matches(['i', 'e']);
        return Encoding::for_label(format!("iso-8859-{number}").as_bytes());
    }
    for prefix in ["xwindows", "windows", "xcp", "cp", "win", "ansi"] {
        let Some(number) = plain.strip_prefix(prefix) else { continue };
        if number.len() == 4 && number.starts_with("125") {
            return Encoding::for_label(format!("windows-{number}").as_bytes());
        }
    }
    Some(match plain.as_str() {
        "cp932" | "ms932" | "xmacjapanese" | "windows932" | "cp943" | "shiftjisx0213" => {
            encoding_rs::SHIFT_JIS
        }
        "iso2022jp1" | "iso2022jp2" | "iso2022jp3" | "iso2022jp2004" | "iso2022jpms" | "cp50220"
        | "cp50221" | "jis" | "jis7" => encoding_rs::ISO_2022_JP,
        "eucjpms" | "eucjisx0213" | "ujis" | "cp51932" => encoding_rs::EUC_JP,
        "cp949" | "ms949" | "uhc" | "windows949" | "xmackorean" | "ksc56011989" | "euckr" => {
            encoding_rs::EUC_KR
        }
        "cp950" | "ms950" | "windows950" | "xmacchinesetrad" | "bigfive" | "big5eten" => encoding_rs::BIG5,
        "cp936" | "ms936" | "windows936" | "xmacchinesesimp" | "euccn" | "gb180302000" => {
            encoding_rs::GB18030
        }
        "koi8ru" => encoding_rs::KOI8_U,
        "latin1" | "isolatin1" | "western" | "ansi" => encoding_rs::WINDOWS_1252,
        "macroman" | "mac" | "applemacintosh" | "xmacwestern" => encoding_rs::MACINTOSH,
        "maccyrillic" | "xmacukraine" | "macukraine" => encoding_rs::X_MAC_CYRILLIC,
        "tis620" | "cp874" | "iso885911" => encoding_rs::WINDOWS_874,
        _ => return None,
    })
}

fn table_of(label: &str) -> Option<&'static str> {
    let has = |labels: &str| labels.split(' ').any(|each| each == label);
    TABLES.iter().find(|(labels, _)| has(labels)).map(|(_, table)| *table)
}

fn by_table(bytes: &[u8], table: &str) -> String {
    let upper: Vec<char> = table.chars().collect();
    let letter = |byte: &u8| match byte.checked_sub(0x80) {
        None => char::from(*byte),
        Some(at) => upper.get(usize::from(at)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    bytes.iter().map(letter).collect()
}

fn web(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let escaped = encoding == encoding_rs::ISO_2022_JP;
    // GB2312 and GBK are what GB18030 holds anyway, and mail says the one and means the other.
    let encoding = if encoding == encoding_rs::GBK { encoding_rs::GB18030 } else { encoding };
    let joined = if escaped { one_escape(bytes) } else { bytes.into() };
    let (text, broken) = encoding.decode_without_bom_handling(&joined);
    Decoded::new(text, !broken)
}

fn utf_8(bytes: &[u8]) -> Decoded {
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded::new(text, true),
        // A wrong label: not one character beyond ASCII is UTF-8.
        Err(_) if !has_utf_8(bytes) => Decoded { fits: false, ..guess(bytes) },
        Err(_) => Decoded::new(String::from_utf8_lossy(bytes), false),
    }
}

/// Is there a whole UTF-8 character beyond ASCII?
fn has_utf_8(bytes: &[u8]) -> bool {
    bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii())
}

/// RFC 2781: a byte order mark decides, then the label, then where the zeros stand.
fn utf_16(bytes: &[u8], label: &str) -> Decoded {
    let zeros = |from: usize| bytes.iter().take(400).skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (encoding, bytes) = match bytes {
        [0xfe, 0xff, rest @ ..] => (encoding_rs::UTF_16BE, rest),
        [0xff, 0xfe, rest @ ..] => (encoding_rs::UTF_16LE, rest),
        _ if label.ends_with("le") || !label.ends_with("be") && zeros(1) > zeros(0) => {
            (encoding_rs::UTF_16LE, bytes)
        }
        _ => (encoding_rs::UTF_16BE, bytes),
    };
    web(bytes, encoding)
}

/// Unlabelled text: escape sequences of ISO-2022, else UTF-8 if it is, else what the letters look like.
fn guess(bytes: &[u8]) -> Decoded {
    let escapes = |mark: &[u8]| bytes.windows(mark.len()).any(|each| each == mark);
    if bytes.contains(&0x1b) {
        if escapes(b"\x1b$)C") {
            return web(&iso_2022_kr(bytes), encoding_rs::EUC_KR);
        }
        if escapes(b"\x1b$") {
            return web(bytes, encoding_rs::ISO_2022_JP);
        }
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded::new(text, true),
        // A cut in the middle of a character must not change how the rest is read.
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 && has_utf_8(bytes) => {
            Decoded::new(String::from_utf8_lossy(&bytes[..error.valid_up_to()]), true)
        }
        Err(_) => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(&bytes[..bytes.len().min(GUESS_BYTES)], true);
            Decoded { fits: false, ..web(bytes, detector.guess(None, Utf8Detection::Deny)) }
        }
    }
}
