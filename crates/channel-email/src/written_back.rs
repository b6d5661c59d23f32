//! Reads what an agent has sent to a door of a notice: what was written now, and whether that can be told for sure.

use std::sync::Arc;

use base::Result;
use conversations::model::Party;
use conversations::notices::{Words, WrittenBack};
use journal::Workspace;
use mime::Part;

use crate::doors::Knock;
use crate::inbound::{self, Reading};
use crate::model::{Mailbox, Raw};
use crate::receiving::{keep, refuse_loops};

pub use crate::doors::of_mail;

/// Everything but the judgement of who may write what. `proven` says that the domain in From vouches for the mail.
pub async fn read(
    house: &Arc<Workspace>,
    raw: &Raw,
    mailboxes: &[Mailbox],
    mut reading: Reading,
    knock: Knock,
    proven: bool,
) -> Result<WrittenBack> {
    refuse_loops(house, mailboxes, &reading.mail)?;
    let from = match reading.mail.from.as_slice() {
        [one] => Party { name: one.name.clone().unwrap_or_default(), address: one.email.clone() },
        _ => Party { name: String::new(), address: inbound::NOBODY.to_owned() },
    };
    let unclear = unclear(&reading).map(str::to_owned);
    let receipt = inbound::receipt(&knock.account, &reading, &from.address);
    let twin = inbound::hints(&reading).twin;
    let (html, used) = own_html(&reading);
    let mut attachments = Vec::new();
    for (at, file) in std::mem::take(&mut reading.files).into_iter().enumerate() {
        if goes_along(&file, used.contains(&at)) {
            attachments.push(keep(house, file).await?);
        }
    }
    Ok(WrittenBack {
        notice: knock.notice,
        door: knock.door,
        proven: proven && from.address != inbound::NOBODY,
        from,
        automatic: reading.machine.declared,
        unclear,
        words: Words {
            text: markup::html_to_text(&html),
            html,
            attachments,
            receipt,
            twin,
            raw_id: Some(raw.id.0),
        },
    })
}

/// Marks of a mail of which not everything was understood.
const DAMAGED: [&str; 8] =
    ["unreadable", "damaged", "truncated", "parts_cut", "text_cut", "too_deep", "too_large", "reader_failed"];

/// Why what is new, or that somebody wrote it, can't be told for sure.
fn unclear(reading: &Reading) -> Option<&'static str> {
    let mail = &reading.mail;
    let has = |mark: &str| reading.marks.iter().any(|one| one == mark);
    // Whoever forwards a letter shows it whole: nothing of it is for the customer.
    let text = mail.text.clone().or_else(|| mail.html.as_deref().map(markup::html_to_text));
    if quoting::is_forward_subject(&mail.subject)
        || quoting::forwarded(&mail.subject, text.as_deref().unwrap_or_default()).is_some()
    {
        return Some("forward");
    }
    if has("encrypted") || has("sealed") {
        return Some("sealed");
    }
    // People say, too, that they are away, and answer invitations.
    if reading.machine.automatic && !reading.machine.declared {
        return Some("auto_reply");
    }
    DAMAGED.iter().any(|mark| has(mark)).then_some("damaged")
}

/// As what agents write at the desk, and the files that stand inside of it as pictures.
fn own_html(reading: &Reading) -> (String, Vec<usize>) {
    let html = markup::sanitise_own(&reading.html);
    let shows =
        |file: &Part| file.content_id.as_ref().is_some_and(|cid| html.contains(&format!("\"cid:{cid}\"")));
    let used = reading.files.iter().enumerate().filter(|(_, file)| shows(file)).map(|(at, _)| at).collect();
    (html, used)
}

/// Pictures of the signature and of the history stay away, and so do signatures that nobody could check any more.
fn goes_along(file: &Part, used: bool) -> bool {
    let sealed =
        ["application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"];
    let inside = file.inline && file.content_id.is_some();
    (used || !inside) && !sealed.contains(&file.content_type.as_str())
}
