//! Puts the pieces of a body together: what stands in one alternative belongs together.

use crate::{
    mail::Mail,
    part::{Kind, Leaf},
};

/// Body text as it is gathered: what stands in one alternative belongs together.
pub(crate) struct Segment {
    pub alternative: Option<usize>,
    pub plain: Option<String>,
    pub html: Option<String>,
}

impl Segment {
    /// Whether any word stands in it.
    pub fn has_words(&self) -> bool {
        let filled = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        filled(&self.plain) || filled(&self.html)
    }
}

/// The outermost alternative around a leaf.
pub(crate) fn alternative_of(leaf: &Leaf<'_>) -> Option<usize> {
    leaf.around.iter().find(|each| each.kind == Kind::Alternative).map(|each| each.id)
}

/// Puts a text to the others of its alternative.
pub(crate) fn add_segment(segments: &mut Vec<Segment>, leaf: &Leaf<'_>, text: String) {
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
pub(crate) fn join(mail: &mut Mail, mut segments: Vec<Segment>) {
    segments.retain(Segment::has_words);
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
