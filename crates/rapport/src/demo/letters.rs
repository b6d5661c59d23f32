//! The mails of the customers in the story, written as mail programs write them.

use base::error::internal;
use base::{Result, Time};
use mime::{Address, Attached, Outgoing};

use super::calendar::zone;
use super::cast::Customer;

/// What a mail of a customer answers.
#[derive(Clone, Default)]
pub struct Thread {
    /// Message-IDs, oldest first.
    pub ids: Vec<String>,
    /// Where an answer goes, when we have written already.
    pub reply_to: Option<String>,
    /// What is quoted below the answer.
    pub last: Option<Quoted>,
}

#[derive(Clone)]
pub struct Quoted {
    pub name: String,
    pub address: String,
    pub text: String,
    pub at: Time,
}

pub struct Letter<'a> {
    pub from: &'a Customer,
    pub to: Address,
    pub cc: Vec<Address>,
    pub subject: &'a str,
    pub text: &'a str,
    /// The text is HTML.
    pub html: bool,
    pub files: Vec<Attached>,
    pub at: Time,
    pub id: String,
}

pub fn address(customer: &Customer) -> Address {
    Address { name: Some(customer.name.to_owned()), email: customer.address.to_owned() }
}

pub fn write(letter: Letter<'_>, thread: &Thread) -> Result<Vec<u8>> {
    let answer = !thread.ids.is_empty();
    let plain = if letter.html { markup::html_to_text(letter.text) } else { letter.text.to_owned() };
    let history = thread.last.as_ref().map(|last| history(letter.from.language, last));
    let text = match &history {
        Some(history) => format!("{plain}\n\n{history}\n"),
        None => plain,
    };
    let html = letter.html.then(|| format!("<html><body>{}</body></html>", letter.text));
    let mail = Outgoing {
        message_id: letter.id,
        in_reply_to: thread.ids.last().cloned(),
        references: thread.ids.clone(),
        date: letter.at.stamp(),
        from: address(letter.from),
        to: vec![letter.to],
        cc: letter.cc,
        reply_to: None,
        subject: if answer { format!("Re: {}", letter.subject) } else { letter.subject.to_owned() },
        text,
        html,
        attachments: letter.files,
        auto_submitted: None,
        headers: Vec::new(),
    };
    mail.write().map_err(|e| internal(format!("the mail “{}” can't be written: {e}", mail.subject)))
}

/// As the mail programs of each language introduce what they quote.
fn history(language: &str, last: &Quoted) -> String {
    let at = last.at.stamp().to_zoned(zone());
    let (day, time) = (at.strftime("%d.%m.%Y"), at.strftime("%H:%M"));
    let who = format!("{} <{}>", last.name, last.address);
    let introduction = match language {
        "de" => format!("Am {day} um {time} schrieb {who}:"),
        "fr" => format!("Le {} à {time}, {who} a écrit :", at.strftime("%d/%m/%Y")),
        "es" => format!("El {} a las {time}, {who} escribió:", at.strftime("%d/%m/%Y")),
        "pl" => format!("W dniu {day} o {time} {who} napisał(a):"),
        "tr" => format!("{who}, {day} {time} tarihinde şunu yazdı:"),
        "ja" => format!("{} {time}、{} のメッセージ:", at.strftime("%Y/%m/%d"), last.name),
        // Programs set to Arabic often write this line in English all the same.
        _ => format!("On {} at {time}, {who} wrote:", at.strftime("%d %b %Y")),
    };
    let quoted: String = last.text.lines().map(|line| format!("> {line}\n")).collect();
    format!("{introduction}\n{quoted}")
}

/// An answer of an agent as the editor would have written it: paragraphs, lists and **strong** words.
pub fn paragraphs(text: &str) -> String {
    let mut html = String::new();
    for block in text.split("\n\n").map(str::trim).filter(|block| !block.is_empty()) {
        let is_list = block.lines().all(|line| line.starts_with("- "));
        if is_list {
            let items = block.lines().map(|line| format!("<li><p>{}</p></li>", strong(&line[2..])));
            html.push_str(&format!("<ul>{}</ul>", items.collect::<String>()));
        } else {
            let lines: Vec<String> = block.lines().map(strong).collect();
            html.push_str(&format!("<p>{}</p>", lines.join("<br>")));
        }
    }
    html
}

fn strong(line: &str) -> String {
    let escaped = line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut html = String::new();
    for (nth, piece) in escaped.split("**").enumerate() {
        match nth % 2 {
            1 => html.push_str(&format!("<strong>{piece}</strong>")),
            _ => html.push_str(piece),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn history_below_an_answer_is_folded_in_every_language() {
        let last = Quoted {
            name: "Linden & Lark".into(),
            address: "support@linden-lark.example".into(),
            text: "Please send a photo.\nThank you!".into(),
            at: Time(1_790_000_000_000),
        };
        for language in ["en", "de", "fr", "es", "pl", "tr", "ja", "ar"] {
            let mail = format!("Here it is.\n\n{}", history(language, &last));
            let split = quoting::split_text(&mail);
            assert_eq!(split.shown.trim(), "Here it is.", "{language}");
            assert!(split.folded.contains("Please send"), "{language}");
        }
    }

    #[test]
    fn answers_have_paragraphs_lists_and_strong_words() {
        let html = paragraphs("Hi,\nthere\n\n- one\n- **two**\n\na < b");
        assert_eq!(
            html,
            "<p>Hi,<br>there</p><ul><li><p>one</p></li><li><p><strong>two</strong></p></li></ul><p>a &lt; b</p>"
        );
    }
}
