//! Makes attachments of leaf parts: their names, their types, where they are shown.

use std::borrow::Cow;

use crate::{
    body,
    field::read_fields,
    limits::Limits,
    mail::{Part, Problem},
    name::clean_name,
    part::{Kind, Leaf},
    typed::{Typed, typed},
    value,
};

/// A leaf with its wrapping undone.
pub(crate) struct Opened<'m> {
    /// Empty when the part gives itself none.
    pub name: String,
    /// `inline`, `attachment`, or nothing.
    pub disposition: String,
    pub bytes: Cow<'m, [u8]>,
}

/// Undoes the transfer encoding and finds the name.
pub(crate) fn open<'m>(leaf: &Leaf<'m>, problems: &mut Vec<Problem>) -> Opened<'m> {
    let encoding = leaf.fields.first("content-transfer-encoding");
    let encoding = encoding.map(value::word).unwrap_or_default();
    let disposition = leaf.fields.first("content-disposition").and_then(typed).unwrap_or_default();
    let bytes = match leaf.whole {
        true => leaf.body.into(),
        false => body::decode(leaf.body, &encoding, problems),
    };
    Opened { name: name_of(leaf, &disposition), disposition: disposition.kind, bytes }
}

/// The name that a part gives itself, by the best of the places where programs put it; empty when there is none.
fn name_of(leaf: &Leaf<'_>, disposition: &Typed) -> String {
    let whole = |name: &&str| !name.is_empty() && !name.contains(char::REPLACEMENT_CHARACTER);
    let names =
        [disposition.parameter("filename"), leaf.typed.parameter("name"), disposition.parameter("name")];
    let best = names.into_iter().flatten().find(whole).or(names.into_iter().flatten().next());
    if let Some(name) = best {
        return name.to_owned();
    }
    // The last word of an address, when it looks like a file (RFC 2557 section 4.2).
    let location = leaf.fields.first("content-location").map(value::text).unwrap_or_default();
    let last = location.split(['?', '#']).next().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
    let is_file = last.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty()
            && (1..=5).contains(&ending.len())
            && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    let shown = leaf.typed.kind.starts_with("text/");
    if is_file && !shown { last.to_owned() } else { String::new() }
}

/// A file from inside another one, with a type of its own or none.
pub(crate) fn named_part(name: &str, content_type: &str, bytes: Vec<u8>) -> Part {
    let content_type = if is_token_pair(content_type) { content_type } else { "application/octet-stream" };
    Part {
        name: clean_name(name, content_type),
        content_type: content_type.to_owned(),
        content_id: None,
        inline: false,
        bytes,
    }
}

/// The part of a leaf.
pub(crate) fn part(leaf: &Leaf<'_>, name: &str, disposition: &str, bytes: Vec<u8>) -> Part {
    let (content_type, name) = if leaf.whole {
        ("application/octet-stream", "message.mime")
    } else if is_token_pair(&leaf.typed.kind) {
        (leaf.typed.kind.as_str(), name)
    } else {
        ("application/octet-stream", name)
    };
    let content_id = leaf.fields.first("content-id").and_then(|each| value::ids(each).into_iter().next());
    let name = match content_type {
        "message/rfc822" | "message/global" if name.is_empty() => &message_name(&bytes),
        _ => name,
    };
    let related = leaf.around.iter().any(|each| each.kind == Kind::Related);
    Part {
        name: clean_name(name, content_type),
        content_type: content_type.to_owned(),
        inline: disposition == "inline" || disposition != "attachment" && related && content_id.is_some(),
        content_id,
        bytes,
    }
}

/// An attached mail is named by its subject.
fn message_name(bytes: &[u8]) -> String {
    let (fields, _) = read_fields(bytes, 0, &Limits::default(), |_| false);
    let subject = fields.first("subject").map(value::text).unwrap_or_default();
    match subject.is_empty() {
        true => String::new(),
        // A slash in a subject is no path.
        false => format!("{}.eml", subject.replace(['/', '\\'], "-")),
    }
}

/// `type/subtype` of the characters that RFC 2045 allows, at a length that a column takes.
fn is_token_pair(kind: &str) -> bool {
    let token = |text: &str| {
        !text.is_empty()
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte))
    };
    kind.len() <= 127 && kind.split_once('/').is_some_and(|(left, right)| token(left) && token(right))
}
