//! Files that stand in plain text in the old form of uuencode (POSIX, section uuencode).

/// Longest name and most files that are looked for in one text.
const NAME_BYTES: usize = 200;
const FILES: usize = 100;

/// A text without its encoded files, and these with their names.
pub(crate) fn take_files(text: &str) -> (String, Vec<(String, Vec<u8>)>) {
    let mut files = Vec::new();
    let mut out = String::new();
    let mut rest = text;
    while files.len() < FILES {
        let Some((before, name, body)) = find_begin(rest) else { break };
        let Some((bytes, after)) = decode_lines(body) else {
            // Words that only look like it: they stay in the text.
            let kept = rest.len() - body.len();
            out.push_str(&rest[..kept]);
            rest = body;
            continue;
        };
        out.push_str(before);
        files.push((name.to_owned(), bytes));
        rest = after;
    }
    out.push_str(rest);
    (out, files)
}

/// The content of a part that is encoded as a whole.
pub(crate) fn decode(body: &[u8]) -> Option<Vec<u8>> {
    let text = String::from_utf8_lossy(body);
    let (_, _, lines) = find_begin(&text)?;
    decode_lines(lines).map(|(bytes, _)| bytes)
}

/// The next line `begin 644 name`: what is before it, the name, what is behind it.
fn find_begin(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find("begin ")?;
        from = at + "begin ".len();
        // Looked at only where a line begins, so that one long line is gone over once.
        if at > 0 && text.as_bytes()[at - 1] != b'\n' {
            continue;
        }
        let end = text[from..].find('\n').map(|end| from + end)?;
        let named = text[from..end].split_once(' ').filter(|(mode, name)| {
            matches!(mode.len(), 3 | 4)
                && mode.bytes().all(|byte| (b'0'..=b'7').contains(&byte))
                && name.len() <= NAME_BYTES
        });
        if let Some((_, name)) = named {
            return Some((&text[..at], name.trim(), &text[end + 1..]));
        }
    }
}

/// The bytes of the lines up to `end`, and what is behind it. `None` when no line of data stands there.
fn decode_lines(text: &str) -> Option<(Vec<u8>, &str)> {
    let mut bytes = Vec::new();
    let mut rest = text;
    loop {
        let end = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let line = rest[..end].trim_end_matches(['\r', '\n']);
        if line == "end" {
            return Some((bytes, &rest[end..]));
        }
        let Some(count) = count_of(line) else {
            // Cut off: what was read counts.
            return (!bytes.is_empty()).then_some((bytes, rest));
        };
        decode_line(&line.as_bytes()[1..], count, &mut bytes);
        rest = &rest[end..];
        if rest.is_empty() {
            return (!bytes.is_empty()).then_some((bytes, rest));
        }
    }
}

/// How many bytes the line says that it holds, when its length agrees.
fn count_of(line: &str) -> Option<usize> {
    let first = *line.as_bytes().first()?;
    let plain = line.bytes().all(|byte| (0x20..=0x60).contains(&byte));
    let count = usize::from(first.wrapping_sub(0x20) & 0x3f);
    // Mail programs take spaces from the ends of lines.
    let most = count.div_ceil(3) * 4 + 3;
    (plain && line.len() - 1 <= most && (count == 0 || line.len() > 1)).then_some(count)
}

fn decode_line(digits: &[u8], count: usize, bytes: &mut Vec<u8>) {
    let mut left = count;
    let value = |at: usize| u32::from(digits.get(at).map_or(0, |digit| digit.wrapping_sub(0x20) & 0x3f));
    for at in (0..).step_by(4) {
        if left == 0 {
            return;
        }
        let held = value(at) << 18 | value(at + 1) << 12 | value(at + 2) << 6 | value(at + 3);
        let three = held.to_be_bytes();
        let taken = left.min(3);
        bytes.extend_from_slice(&three[1..=taken]);
        left -= taken;
    }
}

#[cfg(test)]
mod tests {
    use super::take_files;

    #[test]
    fn files_leave_the_text_and_mere_words_stay() {
        let text = "Hi\nbegin 644 cat.txt\n#0V%T\n`\nend\nbye\n";
        assert_eq!(take_files(text), ("Hi\nbye\n".to_owned(), vec![("cat.txt".to_owned(), b"Cat".to_vec())]));
        let cut = "begin 644 cat.txt\n#0V%T\n";
        assert_eq!(take_files(cut), (String::new(), vec![("cat.txt".to_owned(), b"Cat".to_vec())]));
        for words in [
            "begin \n",
            "begin 644 ",
            "We begin 644 things\n",
            "begin with this\nend\n",
            "begin 644 x\nnot data at all, lower case\n",
        ] {
            assert_eq!(take_files(words), (words.to_owned(), Vec::new()), "for {words:?}");
        }
    }
}
