//! Gathers what a mail consists of from its leaf parts: the words, the attachments, the facts.

use crate::{
    facts::{note_calendar, note_type},
    limits::Limits,
    mail::Mail,
    packed::open_tnef,
    part::Leaf,
    parts::{Opened, open, part},
    segments::{Segment, add_segment, alternative_of, join},
    wording::readable,
};

/// Fills body, parts, invitation and protection of the mail.
pub(crate) fn gather(mail: &mut Mail, leaves: Vec<Leaf<'_>>, limits: &Limits) {
    let alone = leaves.len() == 1;
    let mut segments: Vec<Segment> = Vec::new();
    for leaf in leaves {
        note_type(mail, &leaf.typed);
        let Opened { name, disposition, bytes } = open(&leaf, &mut mail.problems);
        if is_text(&leaf) && disposition != "attachment" && (name.is_empty() || alone) {
            let text = readable(&bytes, &leaf, mail, limits);
            add_segment(&mut segments, &leaf, text);
        } else if is_double(&leaf, segments.last()) {
            // The same words for other programs, such as AMP.
        } else if leaf.typed.kind == "application/ms-tnef" || name.eq_ignore_ascii_case("winmail.dat") {
            open_tnef(mail, &mut segments, part(&leaf, &name, &disposition, bytes.into_owned()), limits);
        } else {
            note_calendar(mail, &leaf.typed, &bytes);
            mail.parts.push(part(&leaf, &name, &disposition, bytes.into_owned()));
        }
    }
    join(mail, segments);
}

/// A multipart that was read as it stands counts as text, too.
fn is_text(leaf: &Leaf<'_>) -> bool {
    matches!(leaf.typed.kind.as_str(), "text/plain" | "text/html" | "text" | "")
        || leaf.typed.kind.starts_with("multipart/") && !leaf.whole
}

/// An alternative that no person needs beside those that were read.
fn is_double(leaf: &Leaf<'_>, last: Option<&Segment>) -> bool {
    let kind = matches!(leaf.typed.kind.as_str(), "text/x-amp-html" | "text/watch-html");
    let alternative = alternative_of(leaf);
    kind && alternative.is_some() && last.is_some_and(|last| last.alternative == alternative)
}
