//! Separates what somebody wrote from the signature and the history quoted below it, in HTML.

use crate::{
    forward::is_forward_line,
    line::{is_attribution, is_header_block, is_original},
    split::{Folds, Split},
};

/// The same for forwarded mail.
const FORWARDS: [&str; 2] = ["class=\"moz-forward-container", "id=\"isforwardcontent"];

/// Marks in an opening tag by which mail programs set off history.
const MARKS: [&str; 23] = [
    "class=\"gmail_quote",
    "class=gmail_quote",
    "class='gmail_quote",
    "class=\"gmail_extra",
    "class=\"yahoo_quoted",
    "class=yahoo_quoted",
    "id=\"yahoo_quoted",
    "class=\"moz-cite-prefix",
    "id=\"divrplyfwdmsg",
    "id=divrplyfwdmsg",
    "id=\"appendonsend",
    "id=\"mail-editor-reference-message-container",
    "class=\"protonmail_quote",
    "class=\"tutanota_quote",
    "class=\"zmail_extra",
    "class=\"quotedtext",
    "name=\"quote\"",
    "id=\"replysplit",
    "id=\"x_divrplyfwdmsg",
    "id=\"x_appendonsend",
    "yahoo_quoted\"",
    "class=\"gmx_quote",
    "id=\"reply-intro",
];

/// The look of the rule above Outlook's From block, without white space.
const OUTLOOK_RULE: [&str; 4] = [
    "border-top:solid#e1e1e1",
    "border-top:solid#b5c4df",
    "border-top:1ptsolidrgb(225,225,225)",
    "border-top:1.0ptsolid#e1e1e1",
];

/// What stands around the words of a mail of ours; in an answer to it, that is history.
const OURS: &str = "rapport_letter";

/// Marks in an opening tag by which mail programs set off signatures.
const SIGNATURES: [&str; 14] = [
    "class=\"gmail_signature",
    "class=gmail_signature",
    "class=\"moz-signature",
    "id=\"applemailsignature",
    "id=applemailsignature",
    "id=\"ms-outlook-mobile-signature",
    "id=\"ms-outlook-mobile-body-separator",
    "class=\"protonmail_signature_block",
    "id=\"x_ms-outlook-mobile-signature",
    "id=\"signature\"",
    "name=\"signature\"",
    "class=\"gmail_signature_prefix",
    // Mail of ours, also where programs put letters of their own before its names.
    "rapport_signature",
    "rapport_footer",
];

/// Parts a page.
///
/// The cut stands before an opening tag, so each part may lack the other's tags: sanitise each alone, which closes and
/// drops what is left over.
#[must_use]
pub fn split_html(html: &str) -> Split<'_> {
    let marked = first(html, opens_history).or_else(|| ours(html)).map(|at| attributed(html, at));
    let history = marked.or_else(|| history_in_words(&lines(html)));
    let history = history.filter(|at| {
        let below = &html[*at..];
        has_words(&html[..*at]) && !answers_below(below) && !forwards(below)
    });
    let upper = &html[..history.unwrap_or(html.len())];
    let signed =
        first(upper, opens_signature).filter(|at| has_words(&html[..*at]) && ends_soon(&upper[*at..]));
    // Somebody else's signature stands in what is quoted, and words may follow.
    let signed = signed.filter(|at| !is_quoted(&html[..*at]));
    match (signed, history) {
        (Some(at), _) => Split::at(html, at, Folds::Signature),
        (None, Some(at)) => Split::at(html, at, Folds::History),
        (None, None) => Split::whole(html),
    }
}

/// A mail of ours whose quote bears no other mark, unless somebody forwards it.
fn ours(html: &str) -> Option<usize> {
    let at = first(html, |tag| folded(tag).contains(OURS))?;
    let above = &html[..at];
    let forwards = lines(above).iter().any(|line| is_forward_line(&line.text))
        || first(above, |tag| FORWARDS.iter().any(|mark| folded(tag).contains(mark))).is_some();
    (!forwards).then_some(at)
}

/// Whether a quote is open at the end.
fn is_quoted(above: &str) -> bool {
    let folded = above.to_ascii_lowercase();
    folded.matches("<blockquote").count() > folded.matches("</blockquote").count()
}

/// Whether the first words below announce forwarded mail.
fn forwards(below: &str) -> bool {
    let near = &below[..cut_at(below, 2_000)];
    lines(near)
        .iter()
        .filter(|line| !line.text.trim().is_empty())
        .take(2)
        .any(|line| is_forward_line(&line.text))
}

/// "On … wrote:" directly above a quote belongs to it.
fn attributed(html: &str, at: usize) -> usize {
    let from = html[..at].len().saturating_sub(3_000);
    let from = (from..at).find(|place| html.is_char_boundary(*place)).unwrap_or(at);
    let above = lines(&html[from..at]);
    let filled: Vec<&Line> = above.iter().filter(|line| !line.text.trim().is_empty()).collect();
    for count in 1..=filled.len().min(3) {
        let tail = &filled[filled.len() - count..];
        let texts: Vec<&str> = tail.iter().map(|line| line.text.as_str()).collect();
        if is_attribution(&texts) == Some(count) {
            return from + tail[0].at;
        }
    }
    at
}

/// History that programs mark by words alone: Lotus Notes, older Outlook, telephones.
fn history_in_words(lines: &[Line]) -> Option<usize> {
    let filled: Vec<&Line> = lines.iter().filter(|line| !line.text.trim().is_empty()).collect();
    let texts: Vec<&str> = filled.iter().map(|line| line.text.as_str()).collect();
    let begins = |at: usize| {
        let rest = &texts[at..texts.len().min(at + 8)];
        is_original(rest[0]) || is_header_block(rest) || is_attribution(rest).is_some()
    };
    let forwarded = texts.iter().position(|text| is_forward_line(text)).unwrap_or(texts.len());
    (0..forwarded).find(|at| begins(*at)).map(|at| filled[at].at)
}

/// A line as it is seen, and where its text begins and ends.
pub(crate) struct Line {
    pub at: usize,
    pub end: usize,
    pub text: String,
}

/// Lines looked at.
const LINES: usize = 20_000;

/// Tags that end a line.
const BREAKS: [&str; 14] = [
    "<br",
    "<p",
    "</p",
    "<div",
    "</div",
    "<tr",
    "</tr",
    "<li",
    "<hr",
    "<table",
    "</table",
    "<blockquote",
    "<h",
    "</h",
];

pub(crate) fn lines(html: &str) -> Vec<Line> {
    let mut all = Vec::new();
    let mut line = Line { at: 0, end: 0, text: String::new() };
    let mut at = 0;
    let ends = tags(html).map(|(start, tag)| (start, Some(tag))).chain([(html.len(), None)]);
    for (start, tag) in ends {
        if at <= start && all.len() < LINES {
            let words = &html[at..start];
            if line.text.trim().is_empty() && !words.trim().is_empty() {
                line.at = at;
            }
            if !words.trim().is_empty() {
                line.end = start;
            }
            line.text.push_str(&words.split_whitespace().collect::<Vec<_>>().join(" "));
            if words.ends_with(char::is_whitespace) {
                line.text.push(' ');
            }
        }
        let breaks = tag.is_none_or(|tag| {
            let begin = tag[..cut_at(tag, 12)].to_ascii_lowercase();
            BREAKS.iter().any(|word| begin.starts_with(word))
        });
        if breaks {
            let text = plain(&std::mem::take(&mut line.text));
            all.push(Line { at: line.at, end: line.end, text });
        }
        at = start + tag.map_or(0, str::len);
    }
    all
}

fn plain(text: &str) -> String {
    text.replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

fn cut_at(text: &str, most: usize) -> usize {
    (0..=text.len().min(most)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// A signature stands at the end: a template may hold its place above everything.
fn ends_soon(below: &str) -> bool {
    strip_tags(below).split_whitespace().count() <= 150
}

/// The first tag of a kind.
fn first(html: &str, kind: impl Fn(&str) -> bool) -> Option<usize> {
    tags(html).find(|(_, tag)| kind(tag)).map(|(at, _)| at)
}

/// Longer tags are data in disguise; every mark stands early in its tag.
fn folded(tag: &str) -> String {
    tag[..cut_at(tag, 600)].to_lowercase()
}

fn opens_signature(tag: &str) -> bool {
    let folded = folded(tag);
    SIGNATURES.iter().any(|mark| folded.contains(mark))
}

fn opens_history(tag: &str) -> bool {
    let folded = folded(tag);
    let cites = ["type=\"cite\"", "type='cite'", "type=cite"].iter().any(|cite| folded.contains(cite));
    if folded.starts_with("<blockquote") && cites {
        return true;
    }
    // What is forwarded is what somebody wanted to show.
    if FORWARDS.iter().any(|mark| folded.contains(mark)) {
        return false;
    }
    if MARKS.iter().any(|mark| folded.contains(mark)) {
        return true;
    }
    let packed: String = folded.chars().filter(|letter| !letter.is_whitespace()).collect();
    packed.starts_with("<div") && OUTLOOK_RULE.iter().any(|rule| packed.contains(rule))
}

/// Every tag with its place. An unclosed `<` ends the list, so that each byte is looked at once.
fn tags(html: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + html[at..].find('<')?;
        let end = start + html[start..].find('>')? + 1;
        at = end;
        Some((start, &html[start..end]))
    })
}

/// Whether anything is left that a person can see.
fn has_words(html: &str) -> bool {
    let body = html.find("<body").or_else(|| html.find("<BODY")).unwrap_or(0);
    let html = &html[body..];
    let mut at = 0;
    let mut skipped_until = None;
    for (start, tag) in tags(html) {
        let folded: String = tag.chars().take(8).collect::<String>().to_ascii_lowercase();
        if skipped_until.is_none() && shows(&html[at..start]) || folded.starts_with("<img") {
            return true;
        }
        match skipped_until {
            None if folded.starts_with("<style") => skipped_until = Some("</style"),
            None if folded.starts_with("<title") => skipped_until = Some("</title"),
            Some(end) if folded.starts_with(end) => skipped_until = None,
            _ => {}
        }
        at = start + tag.len();
    }
    skipped_until.is_none() && shows(&html[at..])
}

fn shows(text: &str) -> bool {
    text.replace("&nbsp;", " ").chars().any(char::is_alphanumeric)
}

/// Whether somebody wrote below the history: words behind the end of the last blockquote.
fn answers_below(quoted: &str) -> bool {
    let folded = quoted.to_ascii_lowercase();
    let Some(end) = folded.rfind("</blockquote>") else {
        return false;
    };
    let below = &quoted[end + "</blockquote>".len()..];
    // A mail program's own signature lines are short; an answer is more than a few words.
    let text: String = strip_tags(below);
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count() > 8
}

fn strip_tags(html: &str) -> String {
    let mut text = String::new();
    let mut at = 0;
    for (start, tag) in tags(html) {
        text.push_str(&html[at..start]);
        text.push(' ');
        at = start + tag.len();
    }
    text.push_str(&html[at..]);
    text
}
