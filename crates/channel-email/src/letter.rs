//! Writes an answer as a mail.

use base::Secrets;
use conversations::channel::Outgoing;
use conversations::model::Party;
use mime::{Address, Attached, reply_address};

use crate::smtp::client::Addressed;

/// What the house adds to an answer.
pub struct Sender {
    /// The mailbox that it goes out from.
    pub mailbox: Party,
    /// Names the conversation to whoever answers.
    pub token: String,
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

/// The mail and its envelope, or a sentence that says why it can't be written.
pub fn write(
    letter: &Outgoing,
    sender: &Sender,
    files: Vec<Attached>,
) -> Result<(Vec<u8>, Addressed), String> {
    let own = &sender.mailbox;
    let reply_to = reply_address::compose(&own.address, &sender.token);
    let mail = mime::Outgoing {
        message_id: letter.source_id.clone(),
        in_reply_to: letter.references.last().cloned(),
        references: letter.references.clone(),
        date: letter.created_at.stamp(),
        from: Address { name: from_name(&letter.author_name, &own.name), email: own.address.clone() },
        to: letter.recipients.to.iter().map(address).collect(),
        cc: letter.recipients.cc.iter().map(address).collect(),
        reply_to: reply_to.map(|email| Address { name: Some(own.name.clone()), email }),
        subject: subject(&letter.subject, !letter.references.is_empty()),
        text: format!("{}\n", letter.text.trim_end()),
        html: Some(page(&letter.html)),
        attachments: files,
        auto_submitted: None,
        headers: vec![("X-Loop".to_owned(), sender.loop_mark.clone())],
    };
    let raw = mail.write().map_err(|refused| format!("The mail could not be written: {refused}."))?;
    Ok((raw, Addressed { from: own.address.clone(), to: everybody(letter) }))
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

fn address(party: &Party) -> Address {
    let name = Some(party.name.trim().to_owned()).filter(|name| !name.is_empty());
    Address { name, email: party.address.trim().to_owned() }
}

/// Each address once, hidden ones too.
fn everybody(letter: &Outgoing) -> Vec<String> {
    let list = &letter.recipients;
    let mut all: Vec<String> = Vec::new();
    for party in list.to.iter().chain(&list.cc).chain(&list.bcc) {
        let address = party.address.trim();
        if !all.iter().any(|other| base::text::fold(other) == base::text::fold(address)) {
            all.push(address.to_owned());
        }
    }
    all
}
