//! What a reader should know about a mail beside its words: what can't be shown and why, and how it is protected.

use mime::{Mail, Problem};

/// Marks of the message, each of which the desk says in a sentence. The first one is the verdict, then come the reasons.
pub fn marks(mail: &Mail) -> Vec<String> {
    let mut marks: Vec<&str> = Vec::new();
    let lost: Vec<&str> = mail.problems.iter().filter_map(loss).collect();
    if mail.problems.contains(&Problem::NoHeader) {
        marks.extend(["unreadable", "no_header"]);
    } else if !lost.is_empty() {
        marks.push("damaged");
    }
    marks.extend(lost);
    if mail.problems.contains(&Problem::BadCharset) && has_odd_letters(mail) {
        marks.push("odd_letters");
    }
    marks.extend(protection(mail));
    marks.extend(mail.invitation.as_ref().and_then(|event| match event.method.as_str() {
        "request" | "publish" => Some("invitation"),
        "cancel" => Some("invitation_cancelled"),
        // Answers are the business of the reader of reports.
        "reply" | "counter" | "declinecounter" => None,
        _ => Some("calendar_event"),
    }));
    marks.into_iter().map(str::to_owned).collect()
}

/// Problems by which something of the mail is not seen; the raw mail still has it.
fn loss(problem: &Problem) -> Option<&'static str> {
    Some(match problem {
        Problem::PartsCut => "parts_cut",
        Problem::TextCut => "text_cut",
        Problem::TooDeep => "too_deep",
        Problem::Truncated => "truncated",
        Problem::BadEncoding => "bad_encoding",
        Problem::BadTnef => "bad_tnef",
        Problem::AddressesCut => "addresses_cut",
        Problem::HeaderCut => "header_cut",
        // What was read in spite of them is whole, or the mark says more.
        Problem::NoHeader
        | Problem::BrokenHeader
        | Problem::NoBoundary
        | Problem::BadCharset
        | Problem::BadDate => return None,
    })
}

/// A wrong label is worth a word only where letters were lost by it.
fn has_odd_letters(mail: &Mail) -> bool {
    let odd = |text: &String| text.contains(char::REPLACEMENT_CHARACTER);
    mail.text.as_ref().is_some_and(odd) || mail.html.as_ref().is_some_and(odd)
}

fn protection(mail: &Mail) -> Option<&'static str> {
    let protection = mail.protection;
    match protection {
        _ if protection.encrypted => Some("encrypted"),
        _ if protection.sealed => Some("sealed"),
        _ if protection.signed => Some("signed"),
        _ => None,
    }
}
