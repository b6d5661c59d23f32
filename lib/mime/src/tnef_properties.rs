//! Reads the properties inside TNEF (MS-OXTNEF section 2.1.3.4): texts and bytes by their number.

use crate::charset::decode;
use crate::tnef_bytes::Bytes;

/// Most properties of one block, and most values of one property.
const PROPERTIES: usize = 5_000;
const VALUES: usize = 5_000;

/// The properties that hold text or bytes.
pub(crate) struct Properties<'b> {
    list: Vec<(u16, u16, &'b [u8])>,
    /// It ends too soon.
    pub cut: bool,
}

/// Types of values (MS-OXCDATA section 2.11.1).
const OBJECT: u16 = 0x000d;
const TEXT: u16 = 0x001e;
const WIDE_TEXT: u16 = 0x001f;
const BINARY: u16 = 0x0102;
const MANY: u16 = 0x1000;

impl<'b> Properties<'b> {
    /// The first value of that number, as it stands.
    pub fn bytes(&self, id: u16) -> Option<&'b [u8]> {
        self.list.iter().find(|(each, _, _)| *each == id).map(|(_, _, bytes)| *bytes)
    }

    /// The first value of that number as text; narrow text is in the code page of the whole.
    pub fn text(&self, id: u16, code_page: &str) -> Option<String> {
        let (_, kind, bytes) = self.list.iter().find(|(each, _, _)| *each == id)?;
        let label = match *kind {
            WIDE_TEXT => "utf-16le",
            // Bytes of HTML name their charset themselves, or are guessed.
            BINARY => {
                return Some(trimmed(
                    &decode(bytes, &crate::body::html_charset(bytes).unwrap_or_default()).text,
                ));
            }
            _ => code_page,
        };
        Some(trimmed(&decode(bytes, label).text))
    }
}

fn trimmed(text: &str) -> String {
    text.trim_end_matches('\0').to_owned()
}

/// Reads a block of properties.
pub(crate) fn read_properties<'b>(rest: &mut Bytes<'b>) -> Properties<'b> {
    let mut properties = Properties { list: Vec::new(), cut: false };
    let count = rest.count().unwrap_or(0);
    for _ in 0..count.min(PROPERTIES) {
        if property(rest, &mut properties.list).is_none() {
            properties.cut = true;
            break;
        }
    }
    properties
}

fn property<'b>(rest: &mut Bytes<'b>, list: &mut Vec<(u16, u16, &'b [u8])>) -> Option<()> {
    let kind = rest.u16()?;
    let id = rest.u16()?;
    if id >= 0x8000 {
        // A property with a name of its own: by number, or by words.
        rest.take(16)?;
        if rest.u32()? == 0 {
            rest.u32()?;
        } else {
            let length = rest.count()?;
            rest.padded(length)?;
        }
    }
    let single = kind & !MANY;
    if let Some(size) = fixed_size(single) {
        let count = if kind & MANY == 0 { 1 } else { rest.count()?.min(VALUES) };
        rest.take(size.checked_mul(count)?)?;
        return Some(());
    }
    for at in 0..rest.count()?.min(VALUES) {
        let length = rest.count()?;
        let bytes = rest.padded(length)?;
        if at == 0 && matches!(single, OBJECT | TEXT | WIDE_TEXT | BINARY) {
            list.push((id, single, bytes));
        }
    }
    Some(())
}

/// The bytes that a figure takes, filling included; `None` for texts and bytes.
fn fixed_size(kind: u16) -> Option<usize> {
    Some(match kind {
        0x0002 | 0x0003 | 0x0004 | 0x000a | 0x000b => 4,
        0x0005 | 0x0006 | 0x0007 | 0x0014 | 0x0040 => 8,
        0x0048 => 16,
        _ => return None,
    })
}
