//! HTML that wants to hurt: nesting, floods, absurd lengths, random pieces.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use crate::{DEPTH, html_to_text, preview, sanitise, sanitise_own, text_to_html};

/// Generous for an unoptimised build on a busy machine; quadratic work would take minutes.
const PATIENCE: Duration = Duration::from_secs(15);

fn quick(html: &str) {
    let begun = Instant::now();
    let clean = sanitise(html);
    assert!(depth(&clean) <= DEPTH * 4, "nested {} deep", depth(&clean));
    assert!(clean.len() <= 64 * 1024 * 1024, "{} bytes", clean.len());
    let own = sanitise_own(html);
    let text = html_to_text(html);
    let _ = (preview(&text, 200), text_to_html(&text));
    assert!(begun.elapsed() < PATIENCE, "{:?} for {:?}…", begun.elapsed(), &html[..html.len().min(60)]);
    assert!(own.len() <= 64 * 1024 * 1024 && text.len() <= html.len() * 4);
}

/// The nesting of HTML whose tags are all closed.
fn depth(html: &str) -> usize {
    let (mut now, mut most) = (0_usize, 0);
    for tag in html.split('<').skip(1) {
        let void = ["br", "hr", "img", "wbr"].iter().any(|void| tag.starts_with(void));
        if tag.starts_with('/') {
            now = now.saturating_sub(1);
        } else if !void {
            now += 1;
        }
        most = most.max(now);
    }
    most
}

#[test]
fn a_hundred_thousand_nested_tags_are_harmless() {
    for tag in [
        "div",
        "b",
        "span",
        "blockquote",
        "table",
        "ul",
        "li",
        "p",
        "a",
        "font",
        "svg",
        "unknown",
        "select",
        "h1",
    ] {
        quick(&format!("<{tag}>").repeat(100_000));
        quick(&format!("<{tag} title=x>y").repeat(10_000));
        quick(&format!("{}x{}", format!("<{tag}>").repeat(10_000), format!("</{tag}>").repeat(10_000)));
    }
    quick(&"<table><tr><td>".repeat(50_000));
    quick(&"<ul><li>".repeat(50_000));
}

#[test]
fn closing_tags_that_the_parser_ignores_hide_no_nesting() {
    for piece in [
        "<div><table><td></div>",
        "<div><table><tr><td></div></table>",
        "<b title=@><div></b>",
        "<b title=@><div></b></div>",
        "<span><div></span>",
        "<b title=@><table></b></table>",
        "<b title=@><table><td></b></td></table>",
        "<p><div></p>",
        "<a href=@><div></a>",
        "<font size=@><p>",
        "<font size=@><td>",
        "<li><div></li>",
        "<ul><li></ul></li><b title=@>",
        "<table><div>",
        "<table><b title=@><td>",
        "<dd><span></dd>",
        "<h1><div></h2>",
        "<svg><div></svg><div>",
        "<style></div></style><div>",
        "<div></style>",
        "<!-- </div> --><div>",
        "<div title='</div>'>",
        "<select><div></select>",
        "<b title=@><div><div><div><div><div><div><div><div><div></b></div></div></div></div></div></div></div></div></div>",
        "<b title=@><i><u><s><em><small><p></b></i></u></s></em></small>",
        "<td><div></td>",
        "<caption><div></tbody>",
        "<form><div></form>",
        "<button><div></button>",
        "<object><div></object>",
        "<li><blockquote><li>",
    ] {
        let html: String = (0..4_000).map(|at| piece.replace('@', &at.to_string())).collect();
        quick(&html);
    }
}

#[test]
fn floods_are_bounded() {
    quick(&format!("<a {}>x</a>", (0..100_000).map(|at| format!("a{at}=1 ")).collect::<String>()));
    quick(&format!("<a {}x", (0..100_000).map(|at| format!("a{at}='>' ")).collect::<String>()));
    quick(&format!("<a href=\"https://a.example/{}\">x</a>", "y".repeat(4 << 20)));
    quick(&format!("<p style=\"{}\">x</p>", "color:red;".repeat(100_000)));
    quick(&format!("<p style=\"color:{}\">x</p>", "(".repeat(1_000_000)));
    quick(&format!(
        "{}{}",
        (0..59).map(|at| format!("<b title=\"{at}{}\">", "x".repeat(3_000))).collect::<String>(),
        "<p>x".repeat(100_000)
    ));
    quick(&format!("<table><tr>{}</table>", "<td colspan=999 rowspan=999>x".repeat(50_000)));
    for piece in [
        "&amp",
        "&x;",
        "&",
        "&lt;",
        "&#38;",
        "\u{a0}",
        "©",
        "\u{f7ff}",
        "<p>&amp;",
        "<p title='&amp;'>",
        "www.a.example)))",
    ] {
        quick(&piece.repeat((1 << 18) / piece.len()));
    }
    quick(&format!("<img src=\"data:image/png;base64,{}\">", "&amp;".repeat(200_000)));
    quick(&format!("https://{}", ")".repeat(1 << 20)));
    quick(&format!("https://a{} ", ")".repeat(1_900)).repeat(50));
    quick(&"<".repeat(1 << 18));
    quick(&"</".repeat(1 << 19));
    quick(&"<!--".repeat(500_000));
    quick(&"<style>".repeat(200_000));
    quick(&"<a href=x>".repeat(200_000));
    quick(&"a@b.c ".repeat(100_000));
    quick(&"https://".repeat(200_000));
    quick(&"x".repeat(6 << 20));
    quick(&"ü".repeat(1 << 20));
}

fn piece() -> impl Strategy<Value = String> {
    let tags = prop::sample::select(vec![
        "div",
        "p",
        "b",
        "i",
        "a",
        "span",
        "table",
        "tr",
        "td",
        "th",
        "tbody",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "blockquote",
        "pre",
        "font",
        "code",
        "img",
        "br",
        "hr",
        "svg",
        "math",
        "style",
        "script",
        "select",
        "option",
        "title",
        "textarea",
        "form",
        "template",
        "body",
        "html",
        "head",
        "center",
        "u",
        "caption",
        "foreignObject",
        "mglyph",
    ]);
    let attributes = prop::sample::select(vec![
        "",
        " title=\"<script>\"",
        " href='javascript:x'",
        " src=https://t.example/",
        " style=\"background:url(x)\"",
        " onclick=x",
        " class=a id=b",
        " title='\"",
        " /",
        " href=\"&#106;avascript:x\"",
        " data-mention-id=1",
    ]);
    prop_oneof![
        4 => (tags.clone(), attributes).prop_map(|(tag, attribute)| format!("<{tag}{attribute}>")),
        3 => tags.prop_map(|tag| format!("</{tag}>")),
        1 => "[ -~ü<>&\"'\n]{0,12}",
        1 => prop::sample::select(vec!["<!--", "-->", "<![CDATA[", "]]>", "<", "&lt;script&gt;", "&#0;", "\0", "<?x"]).prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn sanitising_is_safe_and_final(pieces in prop::collection::vec(piece(), 0..40)) {
        let html = pieces.concat();
        for clean in [sanitise(&html), sanitise_own(&html)] {
            // A browser would read the result again: it must still be safe then.
            let mut outside_quotes = String::new();
            for tag in clean.split('<').skip(1) {
                let (inside, _) = tag.split_once('>').unwrap_or((tag, ""));
                outside_quotes.extend(inside.split('"').step_by(2));
                outside_quotes.push(' ');
            }
            for word in ["script", "onclick", "style>", "svg", "math", "select", "iframe", "form"] {
                prop_assert!(!outside_quotes.contains(word), "{} in {}", word, clean);
            }
            prop_assert!(!clean.contains("src=\"http") || clean.contains("data-remote-src"), "{}", clean);
            prop_assert!(!clean.contains("javascript:x\""), "{}", clean);
        }
        let once = sanitise(&html);
        prop_assert_eq!(html_to_text(&once).replace(['<', '>', ' ', '\n'], ""), html_to_text(&sanitise(&once)).replace(['<', '>', ' ', '\n'], ""));
    }

    #[test]
    fn text_survives_the_way_through_html(text in "[ -~üß\n]{0,300}") {
        let back = html_to_text(&sanitise(&text_to_html(&text)));
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let plain = words(&text);
        let read = words(&back);
        prop_assert!(plain.iter().all(|word| read.contains(word) || back.contains(word.as_str())), "{:?} became {:?}", text, back);
    }

    #[test]
    fn previews_keep_their_length(text in "\\PC{0,200}", most in 0_usize..60) {
        let short = preview(&text, most);
        prop_assert!(short.chars().count() <= most, "{:?}", short);
        prop_assert!(!short.contains(char::is_control));
    }
}
