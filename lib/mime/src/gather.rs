//! Gathers what a mail consists of from its leaf parts: the words, the attachments, the facts.

use crate::{
    body, calendar,
    flowed::unflow,
    limits::Limits,
    mail::{Mail, Part, Problem},
    part::{Kind, Leaf},
    parts::{self, named_part, part},
    protection, rich_text, tnef,
    typed::{Typed, typed},
    uuencode, value,
};

/// Body text as it is gathered: what stands in one alternative belongs together.
struct Segment {
    alternative: Option<usize>,
    plain: Option<String>,
    html: Option<String>,
}

/// Fills body, parts, invitation and protection of the mail.
pub(crate) fn gather(mail: &mut Mail, leaves: Vec<Leaf<'_>>, limits: &Limits) {
    let alone = leaves.len() == 1;
    let mut segments: Vec<Segment> = Vec::new();
    for leaf in leaves {
        let encoding = leaf.fields.first("content-transfer-encoding");
        let encoding = encoding.map(value::word).unwrap_or_default();
        let disposition = leaf.fields.first("content-disposition").and_then(typed).unwrap_or_default();
        let bytes = match leaf.whole {
            true => leaf.body.into(),
            false => body::decode(leaf.body, &encoding, &mut mail.problems),
        };
        protection::note(&mut mail.protection, &leaf.typed);
        let name = parts::name_of(&leaf, &disposition);
        if is_text(&leaf) && disposition.kind != "attachment" && (name.is_empty() || alone) {
            let text = readable(&bytes, &leaf, mail, limits);
            add_segment(&mut segments, &leaf, text);
        } else if is_double(&leaf, segments.last()) {
            // The same words for other programs, such as AMP.
        } else if leaf.typed.kind == "application/ms-tnef" || name.eq_ignore_ascii_case("winmail.dat") {
            open_tnef(mail, &mut segments, part(&leaf, &name, &disposition.kind, bytes.into_owned()), limits);
        } else {
            note_calendar(mail, &leaf.typed, &bytes);
            mail.parts.push(part(&leaf, &name, &disposition.kind, bytes.into_owned()));
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

fn note_calendar(mail: &mut Mail, typed: &Typed, bytes: &[u8]) {
    if matches!(typed.kind.as_str(), "text/calendar" | "application/ics") && mail.invitation.is_none() {
        let charset = typed.parameter("charset").unwrap_or_default();
        mail.invitation = calendar::invitation(bytes, charset, typed.parameter("method"));
    }
}

/// What Outlook has packed: its files become parts, its words the body where the mail has none.
fn open_tnef(mail: &mut Mail, segments: &mut Vec<Segment>, packed: Part, limits: &Limits) {
    let Some(inside) = tnef::read(&packed.bytes) else {
        mail.problems.push(Problem::BadTnef);
        return mail.parts.push(packed);
    };
    if inside.cut {
        mail.problems.push(Problem::BadTnef);
        mail.parts.push(packed);
    }
    let rtf = inside.rtf.and_then(|rtf| rich_text::unpack(&rtf, limits.text_bytes));
    let rich = rtf.as_deref().map(rich_text::read);
    let (mut html, mut plain) = (inside.html, inside.text);
    match rich {
        Some(rich_text::Inside::Html(text)) => html = html.or(Some(text)),
        Some(rich_text::Inside::Text(text)) => plain = plain.or(Some(text)),
        None => {}
    }
    let filled = |text: &String| !text.trim().is_empty();
    let (html, plain) = (html.filter(filled).map(body::tidy), plain.filter(filled).map(body::tidy));
    let has_words = segments
        .iter()
        .any(|each| each.plain.as_ref().is_some_and(filled) || each.html.as_ref().is_some_and(filled));
    if !has_words && (html.is_some() || plain.is_some()) {
        segments.push(Segment { alternative: None, plain, html });
    }
    for file in inside.files {
        let mut part = named_part(&file.name, &file.content_type, file.bytes);
        part.content_id = file.content_id;
        mail.parts.push(part);
    }
}

fn readable(bytes: &[u8], leaf: &Leaf<'_>, mail: &mut Mail, limits: &Limits) -> String {
    let cut = bytes.len() > limits.text_bytes;
    if cut {
        mail.problems.push(Problem::TextCut);
    }
    let bytes = &bytes[..bytes.len().min(limits.text_bytes)];
    let own = match leaf.typed.kind.as_str() {
        "text/html" => body::html_charset(bytes),
        _ => None,
    };
    let charset = leaf.typed.parameter("charset").map(str::to_owned).or(own);
    let text = body::text(bytes, charset.as_deref(), &mut mail.problems);
    if leaf.typed.kind == "text/html" {
        return text;
    }
    protection::note_text(&mut mail.protection, &text);
    let is = |name, word| leaf.typed.parameter(name).is_some_and(|value| value.eq_ignore_ascii_case(word));
    let text = if is("format", "flowed") { unflow(&text, is("delsp", "yes")) } else { text };
    if !text.contains("begin ") {
        return text;
    }
    let (text, files) = uuencode::take_files(&text);
    mail.parts.extend(files.into_iter().map(|(name, bytes)| named_part(&name, "", bytes)));
    text
}

fn alternative_of(leaf: &Leaf<'_>) -> Option<usize> {
    leaf.around.iter().find(|each| each.kind == Kind::Alternative).map(|each| each.id)
}

fn add_segment(segments: &mut Vec<Segment>, leaf: &Leaf<'_>, text: String) {
    let alternative = alternative_of(leaf);
    let html = leaf.typed.kind == "text/html";
    let same = segments.last_mut().filter(|last| alternative.is_some() && last.alternative == alternative);
    let segment = match same {
        Some(last) => last,
        None => {
            segments.push(Segment { alternative, plain: None, html: None });
            segments.last_mut().expect("one was pushed just now")
        }
    };
    let slot = if html { &mut segment.html } else { &mut segment.plain };
    match slot {
        Some(before) => {
            before.push('\n');
            before.push_str(&text);
        }
        None => *slot = Some(text),
    }
}

/// HTML holds everything as soon as one segment is HTML; text stands only when every segment has it.
fn join(mail: &mut Mail, mut segments: Vec<Segment>) {
    segments.retain(|each| {
        let filled = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        filled(&each.plain) || filled(&each.html)
    });
    if segments.is_empty() {
        return;
    }
    if segments.iter().all(|each| each.plain.is_some()) {
        let texts: Vec<&str> = segments.iter().filter_map(|each| each.plain.as_deref()).collect();
        mail.text = Some(texts.join("\n"));
    }
    if segments.iter().any(|each| each.html.is_some()) {
        let pieces = segments.into_iter().map(|each| match each {
            Segment { html: Some(html), .. } => html,
            Segment { plain, .. } => shown_as_text(&plain.unwrap_or_default()),
        });
        mail.html = Some(pieces.collect::<Vec<_>>().join("\n"));
    }
}

fn shown_as_text(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<div style=\"white-space: pre-wrap\">{escaped}</div>")
}
