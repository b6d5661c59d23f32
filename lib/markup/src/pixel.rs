//! Pictures that are there to tell their sender that a mail was opened.

/// Parts of addresses that senders of bulk mail use for it.
const KNOWN: [&str; 22] = [
    "/track/open",
    "/open.aspx",
    "/wf/open?",
    "/trk/open",
    "/e/o/",
    "/o.gif?",
    "/open.php?",
    "/open?u=",
    "/pixel.gif",
    "/pixel.png",
    "/beacon.gif",
    "/1x1.",
    "list-manage.com/track",
    "mailtrack.io/trace",
    "sendgrid.net/wf/open",
    "google-analytics.com/collect",
    "facebook.com/tr?",
    "pixel.watch/",
    "mandrillapp.com/track/open",
    "emltrk.com/",
    "yesware.com/t/",
    "hubspot.com/cto/",
];

/// Whether a remote picture is no picture: too small to be seen, hidden, or at an address that only counts.
pub(crate) fn is_tracking(attributes: &[(&str, &str)]) -> bool {
    let of = |name: &str| {
        let found = attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim().to_ascii_lowercase())
    };
    let source = of("src").unwrap_or_default().replace("&amp;", "&");
    if !["http:", "https:", "//"].iter().any(|scheme| source.starts_with(scheme)) {
        return false;
    }
    let tiny = |value: Option<String>| value.is_some_and(|value| is_tiny(&value));
    let style: String =
        of("style").unwrap_or_default().chars().filter(|letter| !letter.is_whitespace()).collect();
    tiny(of("width")) && tiny(of("height"))
        || of("hidden").is_some()
        || is_unseen(&style)
        || KNOWN.iter().any(|part| source.contains(part))
}

/// One pixel or none.
fn is_tiny(length: &str) -> bool {
    matches!(length.trim_end_matches("px").trim(), "0" | "1" | "0.0" | "1.0")
}

fn is_unseen(style: &str) -> bool {
    let mut tiny = (false, false);
    for declaration in style.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let value = value.trim_end_matches("!important");
        match name {
            "display" if value == "none" => return true,
            "visibility" if value == "hidden" => return true,
            "opacity" if value == "0" => return true,
            "width" | "max-width" => tiny.0 |= is_tiny(value),
            "height" | "max-height" => tiny.1 |= is_tiny(value),
            _ => {}
        }
    }
    tiny.0 && tiny.1
}

#[cfg(test)]
mod tests {
    use crate::sanitise;

    #[test]
    fn what_only_counts_goes_and_pictures_stay() {
        for html in [
            r#"<img src="https://a.example/x.gif" width="1" height="1">"#,
            r#"<img src="https://a.example/x.gif" width=1px height=0 alt="">"#,
            r#"<img src="https://a.example/x.gif" style="display: none !important">"#,
            r#"<img src="//a.example/x.gif" style="width:1px;height:1px">"#,
            r#"<img src="https://a.example/x.gif" hidden>"#,
            r#"<img src="https://u1.ct.sendgrid.net/wf/open?upn=abc">"#,
            r#"<img src="https://shop.list-manage.com/track/open.php?u=1&amp;id=2">"#,
        ] {
            assert_eq!(sanitise(html).trim(), "", "{html}");
        }
        for html in [
            r#"<img src="https://a.example/lamp.png" width="1" height="80">"#,
            r#"<img src="https://a.example/lamp.png" style="width: 100%">"#,
            r#"<img src="https://a.example/tracking-explained.png">"#,
            r#"<img src="cid:logo" width="1" height="1">"#,
        ] {
            assert!(sanitise(html).contains("<img"), "{html}");
        }
    }
}
