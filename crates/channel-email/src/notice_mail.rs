//! Writes a notice to an agent as a mail.

use conversations::notices::{Doors, Notice};
use journal::Workspace;
use mime::{Address, Outgoing};

use crate::letter::loop_mark;
use crate::model::Mailbox;
use crate::signing::{ascii_address, domain_of};

/// Marked as written by a program, so that no program answers (RFC 3834), and as ours, so that it is known when it
/// comes back.
pub fn write(house: &Workspace, notice: &Notice, mailbox: &Mailbox, doors: &Doors) -> Outgoing {
    let own = ascii_address(&mailbox.address);
    let domain = match domain_of(&own) {
        domain if domain.is_ascii() && !domain.contains(['[', ']']) => domain,
        _ => "rapport.invalid".to_owned(),
    };
    let name = match (notice.from_name.trim(), mailbox.name.trim()) {
        ("", name) | (name, "") => name.to_owned(),
        (who, name) => format!("{who} ({name})"),
    };
    // Letters about one conversation stand together in the reader's mail program.
    let thread = id_of(house, &format!("thread {} {}", notice.conversation, notice.to.address));
    Outgoing {
        message_id: format!("{}@{domain}", id_of(house, &format!("letter {}", notice.id))),
        in_reply_to: Some(format!("{thread}@{domain}")),
        references: vec![format!("{thread}@{domain}")],
        date: notice.created_at.stamp(),
        from: Address { name: Some(name).filter(|name| !name.is_empty()), email: own },
        to: vec![Address {
            name: Some(notice.to.name.clone()).filter(|name| !name.is_empty()),
            email: ascii_address(&notice.to.address),
        }],
        cc: Vec::new(),
        reply_to: Some(Address { name: Some(notice.reply_name.clone()), email: doors.note.clone() }),
        subject: notice.subject.clone(),
        text: format!("{}\n", notice.text.trim_end()),
        html: Some(format!(
            "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n{}\n</body></html>\n",
            notice.html
        )),
        attachments: Vec::new(),
        auto_submitted: Some("auto-generated".to_owned()),
        headers: vec![
            ("X-Auto-Response-Suppress".to_owned(), "All".to_owned()),
            ("X-Loop".to_owned(), loop_mark(&house.secrets, &house.name)),
            // RFC 2919: rules of mail programs can sort by it.
            ("List-Id".to_owned(), format!("<notifications.{domain}>")),
        ],
    }
}

/// The same for the same letter, and not to be guessed.
fn id_of(house: &Workspace, what: &str) -> String {
    let data = format!("{}\0{what}", house.name);
    format!("letter.{}", base::secrets::hex(&house.secrets.mac("notice-message-id", data.as_bytes())[..12]))
}
