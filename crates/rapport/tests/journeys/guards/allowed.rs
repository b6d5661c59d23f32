//! A strict reading of cleaned HTML: whatever is not on the list here is an escape.

const ELEMENTS: &str = " a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup \
    dd del details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main \
    mark menu nav ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead time \
    tr tt u ul var wbr ";
const ATTRIBUTES: &str = " align alt bgcolor border cellpadding cellspacing color colspan data-mention-id \
    data-remote-src dir face height href lang nowrap rel rowspan size src start style target title type valign width ";
const STYLES_NEVER: [&str; 12] = [
    "url",
    "expression",
    "@",
    "\\",
    "position",
    "behavior",
    "binding",
    "javascript",
    "content",
    "filter",
    "image(",
    "var(",
];

/// What stands in cleaned HTML that must not, if anything does.
pub fn escape(html: &str) -> Option<String> {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let closing = rest.strip_prefix('/');
        rest = closing.unwrap_or(rest);
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if !listed(ELEMENTS, name) {
            return Some(format!("the element <{name}"));
        }
        match (closing, attributes(name, after)) {
            (_, Ok(left)) => rest = left,
            (_, Err(why)) => return Some(why),
        }
    }
    None
}

fn listed(list: &str, word: &str) -> bool {
    !word.is_empty() && list.contains(&format!(" {word} "))
}

/// Reads ` name="value"` until the end of the tag.
fn attributes<'h>(element: &str, mut rest: &'h str) -> Result<&'h str, String> {
    loop {
        if let Some(left) = rest.strip_prefix('>') {
            return Ok(left);
        }
        let inside = rest.strip_prefix(' ').ok_or_else(|| format!("a broken <{element}"))?;
        let (name, value) =
            inside.split_once("=\"").ok_or_else(|| format!("a bare attribute of <{element}"))?;
        let (value, left) = value.split_once('"').ok_or_else(|| format!("an open value in <{element}"))?;
        if !listed(ATTRIBUTES, name) {
            return Err(format!("the attribute {name} of <{element}"));
        }
        if !value_is_fine(element, name, &value.replace("&amp;", "&").to_lowercase()) {
            return Err(format!("{name}={value:?} of <{element}"));
        }
        rest = left;
    }
}

fn value_is_fine(element: &str, name: &str, value: &str) -> bool {
    let begins = |all: &[&str]| all.iter().any(|begin| value.starts_with(begin));
    match name {
        "href" => element == "a" && begins(&["http://", "https://", "mailto:", "tel:"]),
        "src" => {
            let picture = [
                "data:image/png",
                "data:image/jpeg",
                "data:image/gif",
                "data:image/webp",
                "cid:",
                "/api/files/",
            ];
            element == "img" && begins(&picture)
        }
        "style" => !STYLES_NEVER.iter().any(|never| value.contains(never)),
        "target" => value == "_blank",
        "rel" => value.contains("noopener"),
        _ => true,
    }
}

#[test]
fn the_reading_itself_finds_what_it_must() {
    for bad in [
        "<script>",
        "<p onclick=\"x\">",
        "<a href=\"javascript:x\">",
        "<p style=\"background:url(x)\">",
        "<svg/onload=x>",
        "a < b",
        "<img src=\"http://x\">",
        "<p class>",
        "<!-- -->",
        "<a href='http://x'>",
    ] {
        assert!(escape(bad).is_some(), "{bad}");
    }
    let good = "<p style=\"color:red\">a &lt; b <a href=\"https://x\" target=\"_blank\" rel=\"noopener\">x</a><br></p>";
    assert_eq!(escape(good), None);
}
