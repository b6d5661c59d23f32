//! Joins what a mail says with what the house knows: the input of the action that receives.

use std::sync::Arc;

use base::Result;
use base::error::invalid;
use conversations::channel::{Inbound, Stored};
use conversations::model::Party;
use customers::IdentityKind;
use journal::Workspace;
use mime::{Mail, reply_address};

use crate::acknowledge::Manner;
use crate::inbound::{self, Ours, Reading};
use crate::jobs::ReadMail;
use crate::letter::{loop_mark, reply_key};
use crate::model::{Mailbox, NAME, Raw, base_address};

/// Everything that the action needs; the slip says whether an agent has let it in, and how it came. Files are
/// in the blob store afterwards.
pub async fn receive(
    house: &Arc<Workspace>,
    raw: &Raw,
    mailboxes: &[Mailbox],
    mut reading: Reading,
    slip: &ReadMail,
) -> Result<Inbound> {
    let own: Vec<String> = mailboxes.iter().map(|mailbox| base::text::fold(&mailbox.address)).collect();
    let mark = loop_mark(&house.secrets, &house.name);
    let ours = Ours { mailboxes: &own, loop_mark: &mark };
    let sent = slip.origin.sent;
    if !sent {
        refuse_loops(house, mailboxes, &reading.mail)?;
    }
    let recipients = raw.recipients();
    let (account, signed) = account_of(house, &recipients, &reading.mail);
    let mailbox = mailboxes.iter().find(|each| base::text::fold(&each.address) == account);
    let from = match mailbox.filter(|_| sent) {
        Some(own) => Party { name: own.name.clone(), address: own.address.clone() },
        None => ours.author(&reading.mail, &raw.sender),
    };
    let mut attachments = Vec::new();
    for file in std::mem::take(&mut reading.files) {
        attachments.push(keep(house, file).await?);
    }
    let mail = &reading.mail;
    Ok(Inbound {
        channel: NAME.to_owned(),
        receipt: inbound::receipt(&account, &reading, &from.address),
        source_id: mail.message_id.clone(),
        sent_at: inbound::sent_at(mail),
        identity_kind: IdentityKind::Email,
        // A From is a claim. Whoever answers through the address that we signed has read our mail.
        verified: signed.is_some(),
        to: ours.others(&mail.to),
        cc: ours.others(&mail.cc),
        subject: mail.subject.clone(),
        references: inbound::references(mail),
        lists: mail.signs.list_addresses.clone(),
        automatic: reading.machine.automatic,
        raw_id: Some(raw.id.0),
        brand: mailbox.and_then(|each| each.brand_id),
        team: mailbox.and_then(|each| each.team_id),
        account,
        from,
        signed,
        released: slip.released,
        arrival: slip.origin.arrival,
        attachments,
        marks: marks(&reading),
        hints: inbound::hints(&reading),
        html: reading.html,
        text: reading.text,
        quoted: reading.quoted,
    })
}

/// A copy of a notice to an agent that a provider has put among the sent mail of our mailbox.
pub fn is_notice(house: &Workspace, reading: &Reading) -> bool {
    let mark = loop_mark(&house.secrets, &house.name);
    let ours = reading.mail.signs.loops.iter().any(|one| one.trim() == mark);
    ours && reading.mail.signs.auto_submitted.as_deref() == Some("auto-generated")
}

/// Nothing is made of mail that goes round in circles.
pub fn refuse_loops(house: &Workspace, mailboxes: &[Mailbox], mail: &Mail) -> Result<()> {
    let own: Vec<String> = mailboxes.iter().map(|mailbox| base::text::fold(&mailbox.address)).collect();
    let mark = loop_mark(&house.secrets, &house.name);
    match (Ours { mailboxes: &own, loop_mark: &mark }).loops(mail) {
        Some((code, why)) => Err(invalid(code, why)),
        None => Ok(()),
    }
}

/// What is to be known before anything is answered by itself.
pub fn manner(raw: &Raw, reading: &Reading, mailboxes: &[Mailbox]) -> Manner {
    let mail = &reading.mail;
    let ours = |each: &mime::Address| {
        let base = base_address(&each.email);
        mailboxes.iter().any(|mailbox| base::text::fold(&mailbox.address) == base)
    };
    // Reports come from nobody (RFC 5321 section 4.5.5), and nobody is answered.
    let nobody = raw.sender.trim().is_empty() && mail.signs.return_path.as_deref().unwrap_or("").is_empty();
    Manner { silent: nobody || reading.machine.silent, named: mail.to.iter().chain(&mail.cc).any(ours) }
}

fn marks(reading: &Reading) -> Vec<String> {
    let machine = reading.machine.marks.iter().map(|mark| (*mark).to_owned());
    let mut marks = reading.marks.clone();
    for mark in machine {
        if !marks.contains(&mark) {
            marks.push(mark);
        }
    }
    marks
}

/// The mailbox that the mail came to, and the conversation that a token in its address names. Mail that was
/// fetched has no envelope, so whom it names stands in for that.
fn account_of(house: &Workspace, recipients: &[String], mail: &Mail) -> (String, Option<i64>) {
    let key = reply_key(&house.secrets, &house.name);
    let named = mail.to.iter().chain(&mail.cc).map(|each| &each.email);
    let own = |address: &&String| recipients.iter().any(|ours| base_address(ours) == base_address(address));
    let signed = recipients.iter().chain(named.filter(own)).find_map(|address| {
        let (_, token) = reply_address::split(address)?;
        Some((base_address(address), reply_address::check(&token, &key)?))
    });
    match signed {
        Some((account, conversation)) => (account, Some(conversation)),
        None => (recipients.first().map(|first| base_address(first)).unwrap_or_default(), None),
    }
}

/// A file of a mail becomes a blob, under the hash of its content, so that the same file is kept once.
pub async fn keep(house: &Workspace, file: mime::Part) -> Result<Stored> {
    let hash = base::secrets::hex(&base::secrets::sha256(&file.bytes));
    let size = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
    let blob = house.keep_blob(&format!("{}/{hash}", &hash[..2]), file.bytes).await?;
    let (name, content_type) = (file.name, file.content_type);
    Ok(Stored { name, content_type, size, blob, inline: file.inline, content_id: file.content_id })
}
