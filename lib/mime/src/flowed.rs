//! Undoes format=flowed (RFC 3676): lines that were broken for the wire become paragraphs again.

/// Joins what was broken; `delete` says that the space before each break is none of the text (DelSp).
pub(crate) fn unflow(text: &str, delete: bool) -> String {
    let mut out = String::with_capacity(text.len());
    // The depth of the paragraph that goes on in the next line.
    let mut open: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        let (line, broken) = line.strip_suffix('\n').map_or((line, false), |line| (line, true));
        let depth = line.bytes().take_while(|byte| *byte == b'>').count();
        let line = &line[depth..];
        let line = line.strip_prefix(' ').unwrap_or(line);
        // A signature never flows into the line behind it (section 4.3).
        let signature = line == "-- ";
        let joins = open == Some(depth) && !signature;
        if open.is_some() && !joins {
            out.push('\n');
        }
        if !joins && depth > 0 {
            out.extend(std::iter::repeat_n('>', depth));
            out.push(' ');
        }
        let flows = line.ends_with(' ') && !signature;
        out.push_str(if flows && delete { &line[..line.len() - 1] } else { line });
        open = flows.then_some(depth);
        if !flows && broken {
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::unflow;

    #[test]
    fn paragraphs_come_back_and_quotes_keep_their_depth() {
        for (text, delete, expect) in [
            ("One \ntwo.\nThree\n", false, "One two.\nThree\n"),
            ("日本 \n語\n", true, "日本語\n"),
            ("> a \n> b\n>> c \nown\n", false, "> a b\n>> c \nown\n"),
            (" >not a quote\n From here\n", false, ">not a quote\nFrom here\n"),
            ("bye \n-- \nAnn\n", false, "bye \n-- \nAnn\n"),
            ("end ", false, "end "),
            ("", false, ""),
        ] {
            assert_eq!(unflow(text, delete), expect, "for {text:?}");
        }
    }
}
