//! What stays visible of pages, program by program.

use crate::{Folds, split_html};

fn check(page: &str, shown: &str, folds: Folds) {
    let split = split_html(page);
    assert_eq!((split.shown, split.folds), (shown, folds), "{page}");
    assert_eq!([split.shown, split.folded].concat(), page);
}

#[test]
fn history_of_the_usual_programs_is_folded() {
    let said = "<div>Thanks, it works.</div>";
    for (program, history) in [
        (
            "Gmail",
            "<div class=\"gmail_quote gmail_quote_container\"><div class=\"gmail_attr\">On 3 Nov 2026 Ann wrote:</div></div>",
        ),
        (
            "Thunderbird",
            "<div class=\"moz-cite-prefix\">Am 03.11.2026 schrieb Ann:</div><blockquote type=\"cite\">x</blockquote>",
        ),
        (
            "Apple Mail",
            "<div><br><blockquote type=\"cite\"><div>On 3 Nov 2026, at 10:00, Ann &lt;ann@x.example&gt; wrote:</div></blockquote></div>",
        ),
        (
            "Outlook on Windows",
            "<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p><b>From:</b> Ann</p></div>",
        ),
        (
            "Outlook on the web",
            "<div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>From:</b> Ann</div>",
        ),
        ("Outlook on Android", "<div id=\"mail-editor-reference-message-container\">x</div>"),
        ("Yahoo", "<div id=\"yahoo_quoted_1\" class=\"yahoo_quoted\">x</div>"),
        ("Proton", "<div class=\"protonmail_quote\">x<blockquote type=\"cite\">y</blockquote></div>"),
        ("GMX", "<div name=\"quote\" style=\"margin:10px 5px 5px 10px\"><b>Gesendet:</b> x</div>"),
        ("Zoho", "<div class=\"zmail_extra_hr\"></div>"),
        (
            "Lotus Notes",
            "<br>From: Ann Lee &lt;ann@x.example&gt;<br>To: Bo<br>Date: 03.11.2026<br>Subject: Lamp<br><hr>Dear Bo",
        ),
        ("old Outlook", "<p>-----Ursprüngliche Nachricht-----</p><p>Von: Ann</p>"),
        ("a telephone", "<p>Le 3 nov. 2026 à 10:00, Ann &lt;ann@x.example&gt; a écrit :</p><p>Bonjour</p>"),
    ] {
        let split = split_html(&format!("{said}{history}")).folds;
        assert_eq!(split, Folds::History, "{program}");
        let page = format!("{said}{history}");
        let shown = split_html(&page).shown;
        assert!(shown.contains("it works") && !shown.contains("Ann"), "{program}: {shown}");
    }
}

#[test]
fn the_line_above_a_quote_is_folded_with_it() {
    check(
        "<p>Thanks</p><div>On 3 Nov 2026, Ann &lt;ann@x.example&gt; wrote:</div><blockquote type=cite>x</blockquote>",
        "<p>Thanks</p><div>",
        Folds::History,
    );
}

#[test]
fn signatures_of_programs_are_folded() {
    check("<p>Hi</p><div class=\"gmail_signature\">Ann</div>", "<p>Hi</p>", Folds::Signature);
    check("<p>Hi</p><pre class=\"moz-signature\">-- \nAnn</pre>", "<p>Hi</p>", Folds::Signature);
    check(
        "<div id=\"AppleMailSignature\">Ann</div>",
        "<div id=\"AppleMailSignature\">Ann</div>",
        Folds::Nothing,
    );
    let both = "<p>Hi</p><div id=\"ms-outlook-mobile-signature\">Get Outlook</div><div id=\"appendonsend\"></div><div>Old words</div>";
    check(both, "<p>Hi</p>", Folds::Signature);
}

#[test]
fn forwarded_mail_and_answers_in_quotes_stay_visible() {
    for page in [
        "<p>See below</p><div class=\"gmail_quote\"><div>---------- Forwarded message ---------<br>From: Ann</div>x</div>",
        "<p>See</p><div class=\"moz-forward-container\">-------- Forwarded Message --------<table><tr><td>x</td></tr></table></div>",
        "<div>Hi</div><blockquote type=\"cite\">First?</blockquote><div>Yes, and here is my whole long answer to it</div>",
        "<p>On Monday we wrote: please</p><p>send it</p>",
        "<table><tr><td>From: Berlin</td></tr></table>",
    ] {
        check(page, page, Folds::Nothing);
    }
}

proptest::proptest! {
    #[test]
    fn nothing_is_lost_of_any_page_or_text(page in "(.|\n|<div class=\"gmail_quote\">|<blockquote type=cite>|</blockquote>|<br>|On 3 Nov 2026 a@b.example wrote:|-- \n|> |From: a@b.example\n|Subject: x\n|To: x\n){0,40}") {
        for split in [split_html(&page), crate::split_text(&page)] {
            proptest::prop_assert_eq!([split.shown, split.folded].concat(), page.clone());
            proptest::prop_assert!(!split.shown.trim().is_empty() || page.trim().is_empty() || split.folded.is_empty());
            proptest::prop_assert_eq!(split.folds == Folds::Nothing, split.folded.is_empty());
        }
        let _ = crate::forwarded("Fwd: x", &page);
    }
}
