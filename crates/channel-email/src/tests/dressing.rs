//! What stands around the words of a mail: whose signature, in which order, never twice; and that an answer to such a
//! mail shows what was written now, and folds all of ours.

use people::BrandId;

use crate::looks::dress::{Dress, Said, Worn};
use crate::looks::facts::Facts;
use crate::looks::look::{Draft, LookId, Whose};

fn dress(whose: Whose, own: &str, brand: &str) -> Dress {
    let draft = Draft {
        header: r#"<p><img src="https://shop.example/logo.png" alt="{{brand.name}}"></p>"#.into(),
        footer: "<p>{{brand.name}} Ltd, 1 Lamp Street</p>".into(),
        css: ".rapport_footer p { margin: 0 }".into(),
        signature: brand.into(),
        whose,
        ..Draft::default()
    };
    let known = [("brand.name", "Lumen & Lamps"), ("agent.name", "Ann Becker")];
    let facts = Facts(known.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
    let own = Some(own.to_owned()).filter(|own| !own.is_empty());
    Dress { look: Some(draft.look(LookId(1), BrandId(1), 1)), own, facts }
}

fn worn(dress: &Dress, text: &str) -> Worn {
    dress.wear(Said { html: &markup::text_to_html(text), text, ..Said::default() })
}

#[test]
fn whose_signature_stands_below_is_plain() {
    let (own, brand) = ("<p>Ann</p>", "<p>The {{brand.name}} team</p>");
    let table = [
        (Whose::Agent, own, brand, "Ann", Some(Whose::Agent)),
        (Whose::Agent, "", brand, "The Lumen & Lamps team", Some(Whose::Brand)),
        (Whose::Agent, "", "", "", None),
        (Whose::Brand, own, brand, "The Lumen & Lamps team", Some(Whose::Brand)),
        (Whose::Brand, own, "", "", None),
        (Whose::Both, own, brand, "Ann\n\nThe Lumen & Lamps team", Some(Whose::Both)),
        (Whose::Both, "", brand, "The Lumen & Lamps team", Some(Whose::Brand)),
        (Whose::Both, own, "", "Ann", Some(Whose::Agent)),
        // What can't be seen is none.
        (Whose::Agent, "<p> </p>", brand, "The Lumen & Lamps team", Some(Whose::Brand)),
    ];
    for (whose, own, brand, expect, signed) in table {
        let got = worn(&dress(whose, own, brand), "Hello");
        let below = if expect.is_empty() { String::new() } else { format!("{expect}\n\n") };
        let text = format!("Hello\n\n-- \n{below}Lumen & Lamps Ltd, 1 Lamp Street");
        assert_eq!((got.text.as_str(), got.signed), (text.as_str(), signed), "{whose} {own} {brand}");
    }
}

#[test]
fn the_page_has_everything_with_its_styles_beside_it() {
    let got = worn(&dress(Whose::Agent, "<p>Ann</p>", ""), "Hello").html;
    let order = ["logo.png", "Hello", "rapport_signature", ">Ann<", "rapport_footer", "1 Lamp Street"];
    let places: Vec<_> =
        order.iter().map(|word| got.find(word).unwrap_or_else(|| panic!("{word} in {got}"))).collect();
    assert!(places.is_sorted(), "{got}");
    assert!(got.contains("alt=\"Lumen &amp; Lamps\"") && got.contains("margin:0"), "{got}");
    assert!(got.contains("border-top:1px solid #c9ced6") && !got.contains("<style"), "{got}");
}

#[test]
fn a_signature_that_stands_there_already_is_not_added() {
    let dress = dress(Whose::Agent, "<p>Ann Becker<br>Lamps</p>", "");
    let got = worn(&dress, "Hello\n\nAnn   Becker\nLamps");
    assert_eq!(got.signed, None);
    assert_eq!(got.html.matches("Becker").count(), 1, "{}", got.html);
    assert_eq!(worn(&dress, "Ann Becker Lamps\n\nHello").signed, Some(Whose::Agent), "only at the end");
}

#[test]
fn nothing_around_it_leaves_a_mail_as_it_was() {
    let got = Dress::default().wear(Said {
        html: "<p>Hi</p>",
        text: "Hi",
        quoted: Some("<p>Before</p>"),
        links: None,
    });
    assert_eq!(
        got,
        Worn { html: "<p>Hi</p>\n<hr>\n<p>Before</p>".into(), text: "Hi\n\nBefore".into(), signed: None }
    );
}

#[test]
fn what_is_quoted_stands_above_the_mark_in_plain_text() {
    let dress = dress(Whose::Agent, "<p>Ann</p>", "");
    let got =
        dress.wear(Said { html: "<p>See</p>", text: "See", quoted: Some("<p>Before</p>"), links: None });
    assert_eq!(got.text, "See\n\nBefore\n\n-- \nAnn\n\nLumen & Lamps Ltd, 1 Lamp Street");
    assert!(got.html.find(">Ann<") < got.html.find(">Before<"), "{}", got.html);
}

#[test]
fn parts_that_administrators_write_can_not_break_out() {
    let mut dress = dress(Whose::Agent, "<p>Ann</p>", "");
    let look = dress.look.as_mut().expect("a look");
    look.header =
        "</div></div><script>alert(1)</script><div onclick=\"x\"><p style=\"position:fixed\">Shop".into();
    look.css = "p { position: fixed; background: url(https://t.example) } </style><script>x</script>".into();
    let got = worn(&dress, "Hello").html;
    for bad in ["script", "onclick", "position", "t.example"] {
        assert!(!got.contains(bad), "{bad} in {got}");
    }
    assert!(got.ends_with("</div></div>"), "{got}");
}

/// How programs quote a page of ours below what somebody writes.
fn quoted_pages(answer: &str, page: &str) -> Vec<(&'static str, String)> {
    let outlook = page.replace("class=\"rapport", "class=\"x_rapport");
    vec![
        (
            "Gmail",
            format!(
                r#"<div dir="ltr">{answer}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, 2 Mar 2026 at 09:00, Ann &lt;<a href="mailto:s@shop.example">s@shop.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote">{page}</blockquote></div>"#
            ),
        ),
        (
            "Thunderbird",
            format!(
                r#"<p>{answer}</p><div class="moz-cite-prefix">Am 02.03.26 um 09:00 schrieb Ann:<br></div><blockquote type="cite" cite="mid:1@shop.example">{page}</blockquote>"#
            ),
        ),
        (
            "Apple Mail",
            format!(
                r#"<div>{answer}</div><div><br><blockquote type="cite"><div>On 2. Mar 2026, at 09:00, Ann &lt;s@shop.example&gt; wrote:</div><br><div>{page}</div></blockquote></div>"#
            ),
        ),
        (
            "Outlook",
            format!(
                r#"<p class="MsoNormal">{answer}</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p><b>From:</b> Ann<br><b>Sent:</b> Monday<br><b>To:</b> Bo<br><b>Subject:</b> Re: Lamp</p></div>{outlook}"#
            ),
        ),
        ("no mark at all", format!("<p>{answer}</p>{page}")),
    ]
}

#[test]
fn an_answer_in_a_page_shows_what_was_written_now() {
    let page = worn(&dress(Whose::Both, "<p>Ann Becker</p>", "<p>The team</p>"), "We have it in red.").html;
    for (program, html) in quoted_pages("In blue, please.", &page) {
        let split = quoting::split_html(&html);
        let shown = markup::html_to_text(split.shown);
        assert_eq!(shown.trim(), "In blue, please.", "{program}: {html}");
        for ours in ["Ann Becker", "The team", "Lamp Street", "in red"] {
            assert!(split.folded.contains(ours), "{program}: {ours} is folded");
        }
    }
}

#[test]
fn whoever_answers_below_our_signature_is_not_hidden() {
    let page = worn(&dress(Whose::Agent, "<p>Ann Becker</p>", ""), "Which colour would you like?").html;
    let answer = "I would like the blue one, and please send it to my neighbour instead.";
    let html = format!(
        r#"<div class="moz-cite-prefix">Am 02.03.26 um 09:00 schrieb Ann:<br></div><blockquote type="cite">{page}</blockquote><p>{answer}</p>"#
    );
    assert!(quoting::split_html(&html).shown.contains(answer), "{html}");
}

#[test]
fn what_somebody_forwards_of_ours_stays_to_be_seen() {
    let page = worn(&dress(Whose::Agent, "<p>Ann Becker</p>", ""), "We have it in red.").html;
    for html in [
        format!(
            r#"<p>Look at this</p><div class="moz-forward-container">-------- Forwarded Message --------<br>{page}</div>"#
        ),
        format!(
            r#"<div dir="ltr">Look at this</div><div class="gmail_quote">---------- Forwarded message ---------<br>From: Ann<br>{page}</div>"#
        ),
    ] {
        assert!(quoting::split_html(&html).shown.contains("We have it in red."), "{html}");
    }
}

#[test]
fn our_own_mail_folds_from_its_signature_on() {
    let got = worn(&dress(Whose::Agent, "<p>Ann Becker</p>", ""), "We have it in red.");
    let split = quoting::split_html(&got.html);
    assert!(split.shown.contains("in red") && !split.shown.contains("Ann Becker"), "{split:?}");
    assert!(split.folded.contains("Lamp Street"), "{split:?}");
    let split = quoting::split_text(&got.text);
    assert_eq!((split.shown.trim(), split.folds), ("We have it in red.", quoting::Folds::Signature));
}

proptest::proptest! {
    /// Whatever is written, signed and answered: the answer is shown, and nothing of ours.
    #[test]
    fn an_answer_in_plain_text_shows_what_was_written_now(
        said in "[A-Z][a-z]{2,9}( [a-z]{2,9}){0,8}\\.", own in "[A-Z][a-z]{2,9}( [A-Z][a-z]{2,9}){0,2}",
        lines in 1usize..5, answer in "[A-Z][a-z]{2,9}( [a-z]{2,9}){0,6}\\.", marked in proptest::bool::ANY,
    ) {
        let own: Vec<String> = (0..lines).map(|line| format!("{own} {line}")).collect();
        let got = worn(&dress(Whose::Both, &format!("<p>{}</p>", own.join("<br>")), "<p>The team</p>"), &said);
        let quote = if marked { "> " } else { "" };
        let below: String = got.text.lines().map(|line| format!("{quote}{line}\n")).collect();
        let reply = format!("{answer}\n\nOn Mon, 2 Mar 2026 at 09:00, Ann <s@shop.example> wrote:\n\n{below}");
        let split = quoting::split_text(&reply);
        proptest::prop_assert_eq!(split.shown.trim(), answer, "{}", reply);
        let split = quoting::split_text(&got.text);
        proptest::prop_assert_eq!(split.shown.trim(), said, "{}", got.text);
    }
}
