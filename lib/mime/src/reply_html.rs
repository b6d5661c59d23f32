//! Separates what somebody wrote from the history quoted below it, in HTML.

/// Marks in an opening tag by which mail programs set off history.
const MARKS: [&str; 20] = [
    "class=\"gmail_quote",
    "class=gmail_quote",
    "class='gmail_quote",
    "class=\"gmail_extra",
    "class=\"yahoo_quoted",
    "class=yahoo_quoted",
    "id=\"yahoo_quoted",
    "class=\"moz-cite-prefix",
    "class=\"moz-forward-container",
    "id=\"divrplyfwdmsg",
    "id=divrplyfwdmsg",
    "id=\"appendonsend",
    "id=\"mail-editor-reference-message-container",
    "class=\"protonmail_quote",
    "class=\"tutanota_quote",
    "class=\"zmail_extra",
    "id=\"isforwardcontent",
    "class=\"quotedtext",
    "name=\"quote\"",
    "id=\"replysplit",
];

/// The look of the rule above Outlook's From block, without white space.
const OUTLOOK_RULE: [&str; 2] = ["border-top:solid#e1e1e11.0pt", "border-top:solid#b5c4df1.0pt"];

/// The visible part and the quoted part. Put together they are the HTML, byte for byte.
///
/// The cut stands before an opening tag, so each part may lack the other's tags: sanitise each alone, which closes and
/// drops what is left over.
#[must_use]
pub fn visible_reply_html(html: &str) -> (&str, &str) {
    let at = cut(html).unwrap_or(html.len());
    let (visible, quoted) = html.split_at(at);
    if !has_words(visible) || answers_below(quoted) {
        return (html, "");
    }
    (visible, quoted)
}

/// The first tag that opens history.
fn cut(html: &str) -> Option<usize> {
    tags(html).find(|(_, tag)| opens_history(tag)).map(|(at, _)| at)
}

fn opens_history(tag: &str) -> bool {
    // Longer tags are data in disguise; every mark stands early in its tag.
    let mut end = tag.len().min(600);
    while !tag.is_char_boundary(end) {
        end -= 1;
    }
    let folded = tag[..end].to_lowercase();
    if folded.starts_with("<blockquote") && (folded.contains("type=\"cite\"") || folded.contains("type=cite"))
    {
        return true;
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
