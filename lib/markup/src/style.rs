//! Lets through inline styles that change how words look, and nothing that loads, covers or leaves its box.

/// Properties that are kept.
pub(crate) const PROPERTIES: [&str; 60] = [
    "background-color",
    "border",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left",
    "border-left-color",
    "border-left-style",
    "border-left-width",
    "border-radius",
    "border-right",
    "border-right-color",
    "border-right-style",
    "border-right-width",
    "border-spacing",
    "border-style",
    "border-top",
    "border-top-color",
    "border-top-style",
    "border-top-width",
    "border-width",
    "clear",
    "color",
    "direction",
    "display",
    "float",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-variant",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-height",
    "max-width",
    "min-width",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "text-align",
    "text-decoration",
    "text-indent",
    "text-transform",
    "vertical-align",
    "white-space",
    "width",
    "word-break",
];

/// Longest attribute that is read.
const STYLE_BYTES: usize = 4 * 1024;

/// The declarations that are kept; `None` when none is.
pub(crate) fn filter(style: &str) -> Option<String> {
    if style.len() > STYLE_BYTES {
        return None;
    }
    let quotes = style.replace("&quot;", "'").replace("&#39;", "'").replace("&apos;", "'");
    let kept: Vec<String> = quotes.split(';').filter_map(declaration).collect();
    (!kept.is_empty()).then(|| kept.join("; "))
}

fn declaration(text: &str) -> Option<String> {
    let (name, value) = text.split_once(':')?;
    let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
    // "background: red" is common; with only a colour in it, it is one.
    let name = if name == "background" { "background-color".to_owned() } else { name };
    let kept = PROPERTIES.contains(&name.as_str()) && is_harmless(&name, value);
    kept.then(|| format!("{name}: {value}"))
}

fn is_harmless(name: &str, value: &str) -> bool {
    let plain = |letter: char| letter.is_alphanumeric() || " #%.,'\"-()!+/*_".contains(letter);
    if value.is_empty() || value.len() > 400 || !value.chars().all(plain) || value.contains("/*") {
        return false;
    }
    // Colours and lengths are the only functions needed; "url" and its like load things.
    let folded = value.to_ascii_lowercase();
    let functions = folded.match_indices('(').map(|(at, _)| word_before(&folded[..at]));
    let known = functions.into_iter().all(|name| matches!(name, "rgb" | "rgba" | "hsl" | "hsla"));
    // Negative margins and indents move things over others.
    let negative = (name.starts_with("margin") || name == "text-indent") && folded.contains('-');
    known && !negative
}

fn word_before(text: &str) -> &str {
    let start = text.rfind(|letter: char| !letter.is_alphanumeric() && letter != '-').map_or(0, |at| at + 1);
    text.get(start..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::filter;

    fn check(style: &str, expect: Option<&str>) {
        assert_eq!(filter(style).as_deref(), expect, "for {style:?}");
    }

    #[test]
    fn looks_stay_and_tricks_go() {
        check("color: red; FONT-SIZE:12pt", Some("color: red; font-size: 12pt"));
        check("font-family: &quot;Segoe UI&quot;, Arial", Some("font-family: 'Segoe UI', Arial"));
        check("background: #fff", Some("background-color: #fff"));
        check(
            "color: rgb(1, 2, 3); background-color: rgba(0,0,0,.5)",
            Some("color: rgb(1, 2, 3); background-color: rgba(0,0,0,.5)"),
        );
        for style in [
            "",
            "position: fixed",
            "background: url(http://x)",
            "background-color: url(x)",
            "color: expression(alert(1))",
            "margin: -10px",
            "color: \\72 ed",
            "width: calc(1px)",
            "color: u/**/rl(x)",
            "behavior: x",
            "z-index: 9",
            "color: @import",
            "border-color: image-set(x)",
            "color: &#x72;ed",
        ] {
            check(style, None);
        }
    }
}
