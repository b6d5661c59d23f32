//! Turns text into HTML, and shortens it.

/// Bytes of text that are read; the rest is cut.
pub const TEXT_BYTES: usize = 5 * 1024 * 1024;

/// Text as HTML: paragraphs at empty lines, line breaks, addresses of the web and of mail as links. Everything is escaped.
#[must_use]
pub fn text_to_html(text: &str) -> String {
    let mut end = text.len().min(TEXT_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text[..end].replace("\r\n", "\n");
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut open = false;
    for line in text.split(['\n', '\r']) {
        if line.trim().is_empty() {
            if open {
                out.push_str("</p>");
            }
            open = false;
            continue;
        }
        out.push_str(if open { "<br>" } else { "<p>" });
        open = true;
        write_line(line, &mut out);
    }
    if open {
        out.push_str("</p>");
    }
    out
}

/// Words with the blanks between them; runs of blanks and blanks at the start keep their width.
fn write_line(line: &str, out: &mut String) {
    let mut before = ' ';
    let mut word_start = 0;
    for (at, letter) in line.char_indices() {
        if letter != ' ' && letter != '\t' {
            before = letter;
            continue;
        }
        write_word(&line[word_start..at], out);
        let wide = matches!(before, ' ' | '\t');
        out.push_str(match (letter, wide) {
            ('\t', _) => "\u{a0} ",
            (_, true) => "\u{a0}",
            (_, false) => " ",
        });
        before = letter;
        word_start = at + 1;
    }
    write_word(&line[word_start..], out);
}

fn write_word(word: &str, out: &mut String) {
    let Some((start, end, target)) = link_in(word) else {
        escape(word, out);
        return;
    };
    escape(&word[..start], out);
    out.push_str("<a href=\"");
    escape(&target, out);
    out.push_str("\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">");
    escape(&word[start..end], out);
    out.push_str("</a>");
    escape(&word[end..], out);
}

/// Where a link stands in a word, and where it leads.
fn link_in(word: &str) -> Option<(usize, usize, String)> {
    if word.len() > 4_000 {
        return None;
    }
    let folded = word.to_ascii_lowercase();
    let start = ["https://", "http://", "www."].iter().filter_map(|mark| folded.find(mark)).min();
    if let Some(start) = start {
        let end = start + trimmed(&word[start..]);
        let shown = &word[start..end];
        let named = shown.len() > "https://".len() || shown.starts_with("www.") && shown.len() > 6;
        let target =
            if folded[start..].starts_with("www.") { format!("https://{shown}") } else { shown.to_owned() };
        return named.then_some((start, end, target));
    }
    let start = word.find(|letter: char| letter.is_ascii_alphanumeric())?;
    let end = start + trimmed(&word[start..]);
    let shown = &word[start..end];
    is_mail(shown).then(|| (start, end, format!("mailto:{shown}")))
}

/// The length without the punctuation that belongs to the sentence; brackets stay when they were opened inside.
fn trimmed(link: &str) -> usize {
    let mut link = link.split(['<', '>', '"', '\u{201c}', '\u{201d}', '«', '»']).next().unwrap_or_default();
    let surplus =
        |open: char, close: char| link.matches(close).count().saturating_sub(link.matches(open).count());
    let (mut round, mut square) = (surplus('(', ')'), surplus('[', ']'));
    while let Some(last) = link.chars().last() {
        match last {
            ')' if round > 0 => round -= 1,
            ']' if square > 0 => square -= 1,
            last if ".,;:!?'*_…".contains(last) => {}
            _ => break,
        }
        link = &link[..link.len() - last.len_utf8()];
    }
    link.len()
}

fn is_mail(word: &str) -> bool {
    let plain = |text: &str| {
        let letters = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_+".contains(&byte));
        letters && !text.is_empty() && !text.starts_with('.') && !text.ends_with('.')
    };
    let Some((local, domain)) = word.split_once('@') else {
        return false;
    };
    plain(local) && plain(domain) && domain.contains('.') && word.len() <= 254
}

fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\0' => {}
            letter => out.push(letter),
        }
    }
}

/// The beginning of a text on one line: at most `max_chars` characters, cut between words where that costs little.
#[must_use]
pub fn preview(text: &str, max_chars: usize) -> String {
    let mut line = String::new();
    let mut count = 0;
    let words = text.split_whitespace().filter(|word| word.chars().any(|letter| !letter.is_control()));
    for word in words {
        let length = word.chars().count() + usize::from(count > 0);
        if count + length > max_chars {
            return shortened(&line, count, word, max_chars);
        }
        if count > 0 {
            line.push(' ');
        }
        line.extend(word.chars().filter(|letter| !letter.is_control()));
        count += length;
    }
    line
}

/// Ends with an ellipsis; a word is broken only when the line would be less than half full without it.
fn shortened(line: &str, count: usize, word: &str, max_chars: usize) -> String {
    let Some(room) = max_chars.checked_sub(1) else {
        return String::new();
    };
    if count > room {
        let words = line.rfind(' ').filter(|at| at * 2 >= room).unwrap_or(line.len());
        return line[..words].chars().take(room).collect::<String>().trim_end().to_owned() + "…";
    }
    if count >= max_chars.div_ceil(2) {
        return format!("{line}…");
    }
    let blank = if count > 0 { " " } else { "" };
    let piece: String = word
        .chars()
        .filter(|letter| !letter.is_control())
        .take(room.saturating_sub(count + blank.len()))
        .collect();
    format!("{line}{blank}{piece}").trim_end().to_owned() + "…"
}
