//! Reads a part of text: its charset, its flow, the files that stand in it.

use crate::{
    body,
    flowed::unflow,
    limits::Limits,
    mail::{Mail, Problem},
    part::Leaf,
    parts::named_part,
    protection, uuencode,
};

/// The words of a leaf; files that stand in them go to the parts of the mail.
pub(crate) fn readable(bytes: &[u8], leaf: &Leaf<'_>, mail: &mut Mail, limits: &Limits) -> String {
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
