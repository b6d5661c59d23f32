//! Splits a header block into its fields, whatever its state.

use crate::limits::Limits;

/// One field: name and value as they stand in the raw mail, folds included.
#[derive(Clone, Copy)]
pub(crate) struct Field<'m> {
    pub name: &'m [u8],
    pub value: &'m [u8],
}

/// The fields of one header block.
#[derive(Default, Clone)]
pub(crate) struct Fields<'m> {
    pub list: Vec<Field<'m>>,
    /// Fields or bytes beyond the limits were left out.
    pub cut: bool,
    /// Lines that are no fields stand in between.
    pub broken: bool,
}

impl<'m> Fields<'m> {
    /// The first value of a field.
    pub fn first(&self, name: &str) -> Option<&'m [u8]> {
        self.all(name).next()
    }

    /// Every value of a field, in order.
    pub fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'m [u8]> + 's {
        self.list
            .iter()
            .filter(move |field| field.name.eq_ignore_ascii_case(name.as_bytes()))
            .map(|field| field.value)
    }

    /// Whether any of the fields is present.
    pub fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.first(name).is_some())
    }
}

/// A line: where its content ends and where the next begins.
pub(crate) fn line_at(raw: &[u8], start: usize) -> (&[u8], usize) {
    let rest = &raw[start..];
    match rest.iter().position(|&byte| byte == b'\n') {
        Some(at) => {
            let line = &rest[..at];
            (line.strip_suffix(b"\r").unwrap_or(line), start + at + 1)
        }
        None => (rest.strip_suffix(b"\r").unwrap_or(rest), raw.len()),
    }
}

/// Reads fields from `start` and says where the body begins.
///
/// `ends` recognises lines that end the block although the empty line is missing (the delimiter of a multipart).
pub(crate) fn read_fields<'m>(
    raw: &'m [u8],
    start: usize,
    limits: &Limits,
    ends: impl Fn(&[u8]) -> bool,
) -> (Fields<'m>, usize) {
    let mut fields = Fields::default();
    let mut at = start;
    while at < raw.len() {
        let (line, next) = line_at(raw, at);
        if line.is_empty() {
            return (fields, next);
        }
        if ends(line) {
            return (fields, at);
        }
        if let Some(colon) = colon_of(line) {
            let end = value_end(raw, next, &ends, &mut fields.broken);
            push(&mut fields, raw, at, at + colon, end, limits);
            at = end;
        } else if at == start && (line.starts_with(b"From ") || line.starts_with(b">From ")) {
            // The separator line of an mbox, often left in by tools.
            at = next;
        } else if fields.list.is_empty() && colon_follows(raw, next) {
            fields.broken = true;
            at = next;
        } else {
            fields.broken = true;
            return (fields, at);
        }
    }
    (fields, raw.len())
}

/// The place of the colon when the line is a field: printable name without spaces, at most 200 bytes.
fn colon_of(line: &[u8]) -> Option<usize> {
    let colon = line.iter().take(200).position(|&byte| byte == b':')?;
    let name = line[..colon].trim_ascii_end();
    let printable = name.iter().all(|byte| (33..=126).contains(byte));
    (!name.is_empty() && printable).then_some(colon)
}

fn colon_follows(raw: &[u8], at: usize) -> bool {
    at < raw.len() && colon_of(line_at(raw, at).0).is_some()
}

/// The end of a value that may go on over several lines.
///
/// A line that is neither field nor fold counts as part of the value when a field follows it: some programs break long
/// values without indenting them, and the fields behind must not end up in the body.
fn value_end(raw: &[u8], mut at: usize, ends: impl Fn(&[u8]) -> bool, broken: &mut bool) -> usize {
    while at < raw.len() {
        let (line, next) = line_at(raw, at);
        let fold = matches!(line.first(), Some(b' ' | b'\t')) && !line.trim_ascii().is_empty();
        let stray =
            !line.is_empty() && !fold && !ends(line) && colon_of(line).is_none() && colon_follows(raw, next);
        if !fold && !stray {
            break;
        }
        *broken |= stray;
        at = next;
    }
    at
}

fn push<'m>(fields: &mut Fields<'m>, raw: &'m [u8], start: usize, colon: usize, end: usize, limits: &Limits) {
    if fields.list.len() >= limits.fields {
        fields.cut = true;
        return;
    }
    let value = raw[colon + 1..end].trim_ascii();
    fields.cut |= value.len() > limits.field_bytes;
    fields.list.push(Field {
        name: raw[start..colon].trim_ascii(),
        value: &value[..value.len().min(limits.field_bytes)],
    });
}
