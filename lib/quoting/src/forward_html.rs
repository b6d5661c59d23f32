//! Finds the mail that was forwarded in a page.

use std::collections::BTreeSet;

use crate::forward::{is_forward_line, is_forward_subject, person};
use crate::html::{Line, lines};
use crate::line::{FROM, field, is_label};

/// Lines of fields above a mail.
const MOST_FIELDS: usize = 12;

/// The page of the mail that was forwarded, and the address of its author: behind a line that announces it or, when
/// `subject` says so, behind Outlook's block of From and Subject. The cut stands behind a line, so the page may lack
/// opening tags: sanitise it.
#[must_use]
pub fn forwarded_html<'h>(subject: &str, html: &'h str) -> Option<(String, &'h str)> {
    let all = lines(html);
    let filled: Vec<&Line> = all.iter().filter(|line| !line.text.trim().is_empty()).take(2_000).collect();
    let labelled = match is_forward_subject(subject) {
        true => filled.iter().position(|line| is_label(&line.text, FROM)),
        false => None,
    };
    // What was forwarded may itself be a forward: the outer one is whose it is.
    let outer = |at: usize| labelled.is_some_and(|from| from < at && author(&filled[from..]).is_some());
    let announced = filled.iter().position(|line| is_forward_line(&line.text)).filter(|at| !outer(*at));
    let begin = announced.map(|at| at + 1).or(labelled)?;
    let rest = filled.get(begin..)?;
    let address = author(rest)?;
    let end = block(rest).last()?.end;
    Some((address, &html[end..]))
}

/// Each field stands once; what a broken line goes on with names an address.
fn block<'l>(rest: &[&'l Line]) -> Vec<&'l Line> {
    let mut seen = BTreeSet::new();
    let goes_on = |line: &&&Line| match field(&line.text) {
        Some(name) => seen.insert(name),
        None => !seen.is_empty() && line.text.contains('@') && line.text.trim().ends_with(['>', ';', ',']),
    };
    rest.iter().take(MOST_FIELDS).take_while(goes_on).copied().collect()
}

fn author(rest: &[&Line]) -> Option<String> {
    let block = block(rest);
    let at = block.iter().position(|line| is_label(&line.text, FROM))?;
    let (_, first) = block[at].text.split_once([':', '：'])?;
    let next = block.get(at + 1).map(|line| line.text.trim()).filter(|line| line.starts_with('<'));
    person(&format!("{first} {}", next.unwrap_or_default())).map(|(_, address)| address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(subject: &str, html: &str, wanted: Option<(&str, &str)>) {
        let found = forwarded_html(subject, html);
        let found = found.as_ref().map(|(address, page)| (address.as_str(), page.trim()));
        assert_eq!(found, wanted, "{html}");
    }

    #[test]
    fn pages_of_the_usual_programs_begin_behind_their_fields() {
        let gmail = "<div>Please help.</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">---------- Forwarded message ---------<br>\
            From: <strong>Ann Lee</strong> <span>&lt;<a href=\"mailto:ann@a.example\">ann@a.example</a>&gt;</span><br>Date: Mon<br>Subject: Lamp<br>\
            To: &lt;bo@b.example&gt;<br></div><br><b>Dark.</b></div>";
        check("Fwd: Lamp", gmail, Some(("ann@a.example", "<br></div><br><b>Dark.</b></div>")));
        let outlook = "<p>Please.</p><hr><div id=\"divRplyFwdMsg\"><font><b>From:</b> Ann Lee &lt;ann@a.example&gt;<br><b>Sent:</b> Monday<br>\
            <b>To:</b> Bo &lt;bo@b.example&gt;<br><b>Subject:</b> Lamp</font></div><div><b>Dark.</b></div>";
        check("FW: Lamp", outlook, Some(("ann@a.example", "</font></div><div><b>Dark.</b></div>")));
        check("AW: Lamp", outlook, None);
        let apple = "<div>Please.</div><div><br><blockquote type=\"cite\"><div>Begin forwarded message:</div><br><div><b>From: </b>Ann Lee \
            &lt;<a href=\"mailto:ann@a.example\">ann@a.example</a>&gt;</div><div><b>Subject: </b>Lamp</div><div><b>Date: </b>3 Nov</div>\
            <div><b>To: </b>bo@b.example</div><br><div><i>Dark.</i></div></blockquote></div>";
        check(
            "Fwd: Lamp",
            apple,
            Some(("ann@a.example", "</div><br><div><i>Dark.</i></div></blockquote></div>")),
        );
        let thunderbird = "<p>Please.</p><div class=\"moz-forward-container\">-------- Weitergeleitete Nachricht --------<table><tbody><tr><th>Betreff: </th>\
            <td>Lamp</td></tr><tr><th>Von: </th><td>Ann Lee <a>&lt;ann@a.example&gt;</a></td></tr></tbody></table><p>Dark.</p></div>";
        check(
            "Fwd: Lamp",
            thunderbird,
            Some(("ann@a.example", "</a></td></tr></tbody></table><p>Dark.</p></div>")),
        );
    }

    #[test]
    fn words_that_look_like_fields_stay_and_what_names_nobody_is_none() {
        let html = "<div>---------- Forwarded message ---------<br>From: ann@a.example<br>To: bo@b.example</div><p>To: whom it may concern</p>";
        check("Fwd: x", html, Some(("ann@a.example", "</div><p>To: whom it may concern</p>")));
        check("Fwd: x", "<p>just words</p>", None);
        check("Fwd: x", "<p>---------- Forwarded message ---------</p><p>no fields</p>", None);
        check("Fwd: x", "", None);
    }
}
