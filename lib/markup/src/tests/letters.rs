//! Mail of ours: its pictures, and styles that stand beside each element.

use crate::{inline, sanitise_letter};

#[test]
fn styles_reach_their_elements() {
    let html = r#"<div class="foot"><p>Hello <a href="https://x.example/">there</a></p></div>"#;
    let css = ".foot a { color: #c00; position: fixed } p { margin: 0; background: url(https://t.example/p) }
        a:hover { color: blue } @media (max-width: 3em) { p { color: red } } @import url('https://t.example/');";
    let styled = inline(html, css);
    assert!(styled.contains("color:#c00"), "{styled}");
    assert!(styled.contains("margin:0"), "{styled}");
    for unwanted in ["position", "t.example", "blue", "red", "<style"] {
        assert!(!styled.contains(unwanted), "{unwanted} in {styled}");
    }
}

#[test]
fn what_stands_beside_an_element_outweighs_the_sheet() {
    let styled = inline(
        r#"<p style="color: green">One</p><p id="b" class="a">Two</p>"#,
        "p { color: red } #b { color: blue } .a { color: black }",
    );
    assert!(styled.contains("color:green") && styled.contains("color:blue"), "{styled}");
    assert!(!styled.contains("black") && !styled.contains("red"), "{styled}");
}

#[test]
fn a_broken_sheet_harms_nothing() {
    for css in ["}}} p {", "p { color: ", "\u{0}", "p:has(:has(p)) { color: red }", &"p{".repeat(9_000)] {
        assert!(inline("<p>Word</p>", css).contains("Word"), "{css:?}");
    }
}

#[test]
fn pictures_of_ours_may_lie_on_servers_of_the_web() {
    let kept = sanitise_letter(
        r#"<img src="https://shop.example/logo.png" alt="Shop"><img src="cid:a"><img src="data:image/png;base64,AA==">"#,
    );
    for address in ["https://shop.example/logo.png", "cid:a", "data:image/png;base64,AA=="] {
        assert!(kept.contains(address), "{address} in {kept}");
    }
    for bad in [
        r#"<img src="http://shop.example/logo.png">"#,
        r#"<img src="javascript:alert(1)">"#,
        r#"<img src="/api/files/x/y" onerror="x">"#,
        r#"<svg onload="x"></svg><script>x</script><style>p{}</style>"#,
        r#"<img src="data:image/svg+xml;base64,AA==">"#,
    ] {
        let clean = sanitise_letter(bad);
        assert!(
            !clean.contains("src=") && !clean.contains("on") && !clean.contains('{'),
            "{bad} became {clean}"
        );
    }
}

proptest::proptest! {
    /// What was made safe once stays as it is, so that nothing grows when a mail passes through twice.
    #[test]
    fn making_it_safe_twice_changes_nothing(
        html in r#"(<(div|p|a|table|tr|td|img|b|style|script) ?(class="a"|style="color: red"|src="https://x.example/a"|href="https://x.example/"|onclick="x")?>|</(div|p|a|td|b)>|[a-z &<]{0,5}){0,20}"#,
        css in r"((p|\.a|div p|#x|a:hover) \{ (color: red|background: url\(x\)|position: fixed)[;}] ?){0,4}",
    ) {
        let once = inline(&html, &css);
        proptest::prop_assert_eq!(&sanitise_letter(&once), &once);
        proptest::prop_assert!(!once.contains("onclick=") && !once.contains("<script") && !once.contains("url("));
    }
}
