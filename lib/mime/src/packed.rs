//! Unpacks what Outlook has packed: its files become parts, its words the body where the mail has none.

use crate::{
    body::tidy,
    limits::Limits,
    mail::{Mail, Part, Problem},
    parts::named_part,
    rich_text,
    segments::Segment,
    tnef,
};

/// Unpacks a part, which stays as it is when it is damaged.
pub(crate) fn open_tnef(mail: &mut Mail, segments: &mut Vec<Segment>, packed: Part, limits: &Limits) {
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
    let (html, plain) = (html.filter(filled).map(tidy), plain.filter(filled).map(tidy));
    if !segments.iter().any(Segment::has_words) && (html.is_some() || plain.is_some()) {
        segments.push(Segment { alternative: None, plain, html });
    }
    for file in inside.files {
        let mut part = named_part(&file.name, &file.content_type, file.bytes);
        part.content_id = file.content_id;
        mail.parts.push(part);
    }
}
