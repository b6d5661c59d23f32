//! Writes an answer as a mail.

use base::Secrets;
use conversations::channel::Outgoing;
use conversations::model::Party;
use journal::Workspace;
use mime::{Address, reply_address};

use crate::enclosing::Enclosed;
use crate::looks::dress::{Dress, Said};
use crate::looks::pictures;
use crate::model::Mailbox;
use crate::signing::ascii_address;
use crate::smtp::client::Addressed;

/// What the house adds to an answer.
pub struct Sender {
    /// The mailbox that it goes out from.
    pub mailbox: Party,
    /// Names the conversation to whoever answers; a test is about none.
    pub token: Option<String>,
    pub loop_mark: String,
}

/// The key of signed reply addresses, one per workspace.
pub fn reply_key(secrets: &Secrets, workspace: &str) -> [u8; 32] {
    secrets.mac("reply-address", workspace.as_bytes())
}

/// By what a workspace recognises its own mail without naming itself to others.
pub fn loop_mark(secrets: &Secrets, workspace: &str) -> String {
    base::secrets::hex(&secrets.mac("mail-loop", workspace.as_bytes())[..10])
}

/// A mailbox as it writes; `answers_to` is what its answers are to find.
pub fn sender(house: &Workspace, mailbox: &Mailbox, answers_to: Option<i64>) -> Sender {
    let key = reply_key(&house.secrets, &house.name);
    Sender {
        mailbox: Party { name: mailbox.name.clone(), address: mailbox.address.clone() },
        token: answers_to.map(|id| reply_address::token(id, &key)),
        loop_mark: loop_mark(&house.secrets, &house.name),
    }
}

/// The mail and its envelope, or a sentence that says why it can't be written.
pub fn write(
    letter: &Outgoing,
    sender: &Sender,
    dress: &Dress,
    enclosed: Enclosed,
) -> Result<(Vec<u8>, Addressed), String> {
    let own = &sender.mailbox;
    let own_address = ascii_address(&own.address);
    let reply_to = sender.token.as_deref().and_then(|token| reply_address::compose(&own_address, token));
    let Enclosed { mut files, links } = enclosed;
    let links = links.as_ref().map(|(html, text)| (html.as_str(), text.as_str()));
    let said = Said { html: &letter.html, text: &letter.text, quoted: letter.quoted.as_deref(), links };
    let worn = dress.wear(said);
    let (html, pictures) = pictures::part(&worn.html);
    files.extend(pictures);
    let mail = mime::Outgoing {
        message_id: letter.source_id.clone(),
        in_reply_to: letter.references.last().cloned(),
        references: letter.references.clone(),
        date: letter.created_at.stamp(),
        from: Address { name: from_name(&letter.author_name, &own.name), email: own_address.clone() },
        to: letter.recipients.to.iter().map(address).collect(),
        cc: letter.recipients.cc.iter().map(address).collect(),
        reply_to: reply_to.map(|email| Address { name: Some(own.name.clone()), email }),
        subject: subject(&letter.subject, !letter.references.is_empty()),
        text: format!("{}\n", one_kind_of_break(&worn.text).trim_end()),
        html: Some(page(&one_kind_of_break(&html))),
        attachments: files,
        auto_submitted: letter.automatic.then(|| "auto-replied".to_owned()),
        headers: headers(letter, sender),
    };
    let raw = mail.write().map_err(|refused| format!("The mail could not be written: {refused}."))?;
    // What is said by itself comes from nobody, so that no report and no machine answers (RFC 3834 section 3.3).
    let from = if letter.automatic { String::new() } else { own_address };
    Ok((raw, Addressed { from, to: everybody(letter) }))
}

fn headers(letter: &Outgoing, sender: &Sender) -> Vec<(String, String)> {
    let mut headers = vec![("X-Loop".to_owned(), sender.loop_mark.clone())];
    if letter.automatic {
        headers.push(("X-Auto-Response-Suppress".to_owned(), "All".to_owned()));
    }
    headers
}

/// "Ann Becker (Lumen Lamps)": who writes, and for whom.
fn from_name(author: &str, mailbox: &str) -> Option<String> {
    let name = match (author.trim(), mailbox.trim()) {
        ("", name) | (name, "") => name.to_owned(),
        (author, mailbox) => format!("{author} ({mailbox})"),
    };
    Some(name).filter(|name| !name.is_empty())
}

fn subject(subject: &str, answers: bool) -> String {
    if answers { format!("Re: {}", mime::subject_base(subject)) } else { subject.to_owned() }
}

fn page(html: &str) -> String {
    format!("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n{html}\n</body></html>\n")
}

/// A CR alone would travel as it is, and some servers would take it for a line break.
fn one_kind_of_break(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn address(party: &Party) -> Address {
    let name = Some(party.name.trim().to_owned()).filter(|name| !name.is_empty());
    Address { name, email: ascii_address(&party.address) }
}

/// Each address once, hidden ones too.
fn everybody(letter: &Outgoing) -> Vec<String> {
    let list = &letter.recipients;
    let mut all: Vec<String> = Vec::new();
    for party in list.to.iter().chain(&list.cc).chain(&list.bcc) {
        let address = ascii_address(&party.address);
        if !all.iter().any(|other| base::text::fold(other) == base::text::fold(&address)) {
            all.push(address);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use base::Time;
    use conversations::model::{ConversationId, MessageId, Recipients};

    use super::*;

    fn letter(subject: &str, text: &str) -> Outgoing {
        let party = |name: &str, address: &str| Party { name: name.to_owned(), address: address.to_owned() };
        Outgoing {
            message: MessageId(2),
            conversation: ConversationId(1),
            answers_to: 1,
            number: 7,
            subject: subject.to_owned(),
            account: None,
            author_name: "Ann Becker".to_owned(),
            author: None,
            html: markup::text_to_html(text),
            text: text.to_owned(),
            quoted: None,
            recipients: Recipients {
                from: None,
                to: vec![party("Bo\r\nBcc: evil@e.example", "bo@b.example")],
                cc: vec![party("", "Bo@B.example"), party("", "cy@c.example")],
                bcc: vec![party("", "hidden@h.example")],
            },
            attachments: Vec::new(),
            source_id: "2.x@shop.example".to_owned(),
            references: vec!["1@b.example".to_owned()],
            created_at: Time(1_772_442_000_000),
            automatic: false,
        }
    }

    fn sender(address: &str) -> Sender {
        let mailbox = Party { name: "Lumen Lamps".to_owned(), address: address.to_owned() };
        Sender { mailbox, token: Some(reply_address::token(1, b"key")), loop_mark: "mark".to_owned() }
    }

    fn nothing() -> Enclosed {
        Enclosed { files: Vec::new(), links: None }
    }

    fn written(subject: &str, text: &str) -> (Vec<u8>, Addressed) {
        write(&letter(subject, text), &sender("support@shop.example"), &Dress::default(), nothing())
            .expect("written")
    }

    #[test]
    fn everybody_gets_one_and_nobody_sees_the_hidden() {
        let (raw, addressed) = written("Lamp", "Hi");
        assert_eq!(addressed.to, ["bo@b.example", "cy@c.example", "hidden@h.example"]);
        let raw = String::from_utf8(raw).expect("ASCII");
        assert!(!raw.contains("hidden@") && !raw.contains("\nBcc:"), "{raw}");
        assert!(raw.contains("X-Loop: mark"));
    }

    #[test]
    fn an_address_too_long_for_a_token_still_gets_answers() {
        let long = format!("{}@shop.example", "a".repeat(60));
        let (raw, addressed) =
            write(&letter("Lamp", "Hi"), &sender(&long), &Dress::default(), nothing()).expect("written");
        let mail = mime::read(&raw, &mime::Limits::default());
        assert_eq!((addressed.from.as_str(), mail.reply_to.len()), (long.as_str(), 0));
    }

    #[test]
    fn marks_of_answers_do_not_pile_up() {
        assert_eq!(subject("Re: AW: Lamp", true), "Re: Lamp");
        assert_eq!(subject("Lamp", false), "Lamp");
    }

    proptest::proptest! {
        #[test]
        fn no_line_break_stands_alone_in_what_is_sent(
            subject in "[a-zé\\r\\n.]{0,30}", text in "[a-zé .<>\\r\\n]{0,200}",
        ) {
            let (raw, _) = written(&subject, &text);
            for (at, byte) in raw.iter().enumerate() {
                let lone = match byte {
                    b'\n' => at == 0 || raw[at - 1] != b'\r',
                    b'\r' => raw.get(at + 1) != Some(&b'\n'),
                    _ => false,
                };
                proptest::prop_assert!(!lone, "at {at} of {:?}", String::from_utf8_lossy(&raw));
            }
        }
    }
}
