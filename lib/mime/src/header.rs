//! Reads the header fields that make up a letter: ids, people, subject, date, languages.

use crate::{
    address, date,
    field::Fields,
    limits::Limits,
    mail::{Address, Mail, Problem},
    value,
};

/// Fills what the header says.
pub(crate) fn read_header(mail: &mut Mail, root: &Fields<'_>, limits: &Limits) {
    mail.message_id = root.all("message-id").find_map(|each| value::ids(each).into_iter().next());
    mail.in_reply_to = root.first("in-reply-to").map(value::ids).unwrap_or_default();
    mail.in_reply_to.truncate(limits.references);
    mail.references = bounded(root.all("references").flat_map(value::ids).collect(), limits.references);
    mail.from = addresses(mail, root, "from", limits);
    mail.sender = addresses(mail, root, "sender", limits).into_iter().next();
    mail.reply_to = addresses(mail, root, "reply-to", limits);
    mail.to = addresses(mail, root, "to", limits);
    mail.cc = addresses(mail, root, "cc", limits);
    if let Some(subject) = root.first("subject") {
        mail.subject = value::text(subject);
    }
    if let Some(date) = root.first("date") {
        mail.date = date::date(date);
        if mail.date.is_none() {
            mail.problems.push(Problem::BadDate);
        }
    }
    mail.received = root.all("received").count();
    mail.languages = languages(root);
}

/// The first reference and the last ones: the root of the thread and its recent mails say the most.
fn bounded(mut ids: Vec<String>, most: usize) -> Vec<String> {
    if ids.len() > most && most > 0 {
        let surplus = ids.len() - most;
        ids.drain(1..=surplus);
    }
    ids
}

/// Every field of that name counts: some programs write several To fields against RFC 5322 section 3.6.
fn addresses(mail: &mut Mail, root: &Fields<'_>, name: &str, limits: &Limits) -> Vec<Address> {
    let mut kept = Vec::new();
    for field in root.all(name) {
        let room = limits.addresses - kept.len();
        let (read, cut) = address::addresses(field, room);
        kept.extend(read);
        mail.addresses_cut += cut;
        if cut > 0 {
            mail.problems.push(Problem::AddressesCut);
        }
    }
    kept
}

fn languages(root: &Fields<'_>) -> Vec<String> {
    let mut tags = Vec::new();
    for value in root.all("content-language").chain(root.all("accept-language")) {
        let line = value::unfold(value, 500);
        for tag in line.split(',') {
            let tag = tag.split(';').next().unwrap_or_default().trim();
            let plain = tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            if plain && (2..=35).contains(&tag.len()) && tags.len() < 8 {
                tags.push(tag.to_owned());
            }
        }
    }
    tags.dedup();
    tags
}
