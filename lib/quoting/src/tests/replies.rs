//! What stays visible of an answer and what is folded.

use crate::{split_html, split_text};

fn check(text: &str, visible: &str) {
    let split = split_text(text);
    let (shown, folded) = (split.shown, split.folded);
    assert_eq!(shown.trim(), visible, "for {text:?}");
    assert_eq!([shown, folded].concat(), text, "nothing may be lost");
}

#[test]
fn history_below_an_answer_is_folded() {
    for mark in [
        "On Tue, 3 Nov 2026 at 10:00, Ann Lee <ann@x.example> wrote:",
        "On Tue, 3 Nov 2026 at 10:00, Ann Lee\n<ann@x.example> wrote:",
        "Am 03.11.2026 um 10:00 schrieb Ann Lee <ann@x.example>:",
        "Am Di., 3. Nov. 2026 um 10:00 Uhr schrieb Ann Lee\n<ann@x.example>:",
        "Le mar. 3 nov. 2026 à 10:00, Ann Lee <ann@x.example> a écrit :",
        "Le 3 nov. 2026 à 10:00, Ann Lee a écrit :",
        "El mar, 3 nov 2026 a las 10:00, Ann Lee (<ann@x.example>) escribió:",
        "Il giorno mar 3 nov 2026 alle ore 10:00 Ann Lee <ann@x.example> ha scritto:",
        "Op di 3 nov. 2026 om 10:00 schreef Ann Lee <ann@x.example>:",
        "Den tis 3 nov. 2026 kl 10:00 skrev Ann Lee <ann@x.example>:",
        "W dniu 3.11.2026 o 10:00, Ann Lee pisze: ann@x.example napisał(a):",
        "tir. 3. nov. 2026 kl. 10:00 skrev Ann Lee <ann@x.example\n>:",
        "03.11.2026, 10:00, \"Ann Lee\" <ann@x.example>:",
        "вт, 3 нояб. 2026 г. в 10:00, Ann Lee <ann@x.example>:",
        "---- On Tue, 3 Nov 2026 10:00:00 +0100 ann@x.example wrote ----",
        "2026-11-03 10:00 GMT+01:00 Ann Lee <ann@x.example>:",
    ] {
        check(&format!("Thanks!\n\n{mark}\n\n> Dear Bo,\n> bye\n"), "Thanks!");
        check(&format!("Thanks!\n\n{mark}\n\nDear Bo,\nbye\n"), "Thanks!");
    }
    for block in [
        "-----Original Message-----\nFrom: Ann\nSent: Monday\nTo: Bo\nSubject: x\n\nDear Bo",
        "-----Ursprüngliche Nachricht-----\nVon: Ann",
        "________________________________\nFrom: Ann <ann@x.example>\nSent: Monday\nTo: Bo\n\nDear Bo",
        "From: Ann <ann@x.example>\nSent: Monday, 3 Nov\nTo: Bo\nSubject: x\n\nDear Bo",
        "Von: Ann <ann@x.example>\nGesendet: Montag\nAn: Bo\nBetreff: x\n\nLieber Bo",
        "*De :* Ann <ann@x.example>\n*Envoyé :* lundi\n*À :* Bo\n*Objet :* x\n\nCher Bo",
        "> Dear Bo,\n> bye",
        "> Dear Bo,\n\n> bye\n\n",
    ] {
        check(&format!("Thanks!\n\n{block}"), "Thanks!");
    }
}

#[test]
fn words_of_people_are_not_taken_for_history() {
    for text in [
        "Hello",
        "",
        "On Monday she wrote:\nplease send the lamp back\n",
        "I say:\n> a quote\nand my answer to it\nwhich goes on",
        "From: my heart\nthank you",
        "> only\n> a quote\n",
        "On 3 Nov 2026, ann@x.example wrote:\n> first question\nfirst answer\n> second\nsecond answer\n",
        "On 3 Nov 2026, ann@x.example wrote:\n> only history\n",
        "From: Berlin\nTo: Rome\nDate: 3 Nov 2026, two people\n",
        "On 3 Nov 2026, ann@x.example wrote:\n> Is it the red one?\nYes.\n",
        "My numbers: 12345 and a@b.example\nwrote them down.",
    ] {
        check(text, text.trim());
    }
}

#[test]
fn words_directly_above_history_stay_visible() {
    for words in ["Call me on 12345", "Am Freitag bin ich unter 12345 da", "3 of 12345"] {
        check(&format!("{words}\nAm 03.11.2026 schrieb Ann <ann@x.example>:\n> Hi"), words);
        check(&format!("{words}\nOn 3 Nov 2026, Ann Lee\n<ann@x.example> wrote:\n> Hi"), words);
    }
}

#[test]
fn broken_quoted_lines_are_no_answer() {
    let wide = "> This line is as wide as programs let lines be before they are";
    check(
        &format!("Thanks!\n\nOn 3 Nov 2026, a@x.example wrote:\n{wide}\nbroken.\n> More\n{wide}\nagain\n"),
        "Thanks!",
    );
}

fn check_html(html: &str, visible: &str) {
    let split = split_html(html);
    let (shown, folded) = (split.shown, split.folded);
    assert_eq!(shown, visible, "for {html:?}");
    assert_eq!([shown, folded].concat(), html, "nothing may be lost");
}

#[test]
fn history_in_html_is_folded() {
    for mark in [
        "<div class=\"gmail_quote\">On … wrote:<blockquote>x</blockquote></div>",
        "<div class='gmail_quote_container'>x</div>",
        "<blockquote type=\"cite\">x</blockquote>",
        "<BLOCKQUOTE style=\"x\" TYPE=cite>x</BLOCKQUOTE>",
        "<div id=\"divRplyFwdMsg\" dir=\"ltr\">x</div>",
        "<div class=\"moz-cite-prefix\">x</div>",
        "<div id=\"yahoo_quoted_123\" class=\"yahoo_quoted\">x</div>",
        "<div style=\"border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm\">From: x</div>",
    ] {
        check_html(&format!("<p>Thanks</p>{mark}"), "<p>Thanks</p>");
    }
}

#[test]
fn html_without_history_or_with_answers_in_it_stays_whole() {
    let long = "and here is my long answer below all of it, as some people still do";
    for html in [
        "<p>Hi</p>",
        "",
        "<blockquote type=cite>all of it is a quote</blockquote>",
        "<html><head><style>p{x}</style><title>t</title></head><body> &nbsp;<div class=\"gmail_quote\">x</div></body>",
        &format!("<p>a</p><blockquote type=\"cite\">x</blockquote><p>{long}</p>"),
        "<p>a < b</p",
    ] {
        check_html(html, html);
    }
}
