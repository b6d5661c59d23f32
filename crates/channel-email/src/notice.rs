//! Short mails that the program writes by itself: tests, invitations, password resets.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use journal::Workspace;
use mime::{Address, Outgoing};

use crate::model::Mailbox;
use crate::signing::{ascii_address, signed};
use crate::smtp::client::{self, Addressed, Fate, Server};

/// What a notice says, and to whom.
#[derive(Clone, Debug)]
pub struct Words {
    pub to: String,
    pub subject: String,
    pub text: String,
}

/// Sends it once. It is marked as written by a program, so that no program answers (RFC 3834).
pub async fn send(house: &Arc<Workspace>, server: &Server, mailbox: &Mailbox, words: &Words) -> Fate {
    let domain = mailbox.address.rsplit_once('@').map(|(_, domain)| domain).filter(|d| d.is_ascii());
    let random = URL_SAFE_NO_PAD.encode(base::secrets::sha256(base::secrets::new_token().as_bytes()));
    let mail = Outgoing {
        message_id: format!("notice.{random}@{}", domain.unwrap_or("rapport.invalid")),
        in_reply_to: None,
        references: Vec::new(),
        date: house.clock.now().stamp(),
        from: Address {
            name: Some(mailbox.name.clone()).filter(|name| !name.is_empty()),
            email: ascii_address(&mailbox.address),
        },
        to: vec![Address::bare(&ascii_address(&words.to))],
        cc: Vec::new(),
        reply_to: None,
        subject: words.subject.clone(),
        text: format!("{}\n", words.text.trim_end()),
        html: None,
        attachments: Vec::new(),
        auto_submitted: Some("auto-generated".to_owned()),
        headers: vec![("X-Auto-Response-Suppress".to_owned(), "All".to_owned())],
    };
    let addressed = Addressed { from: ascii_address(&mailbox.address), to: vec![ascii_address(&words.to)] };
    match mail.write() {
        Ok(raw) => match signed(house, &addressed.from, raw).await {
            Ok(raw) => client::send(server, &addressed, &raw).await,
            Err(e) => Fate::Postponed(e.message.to_string()),
        },
        Err(refused) => Fate::Refused(format!("The mail could not be written: {refused}.")),
    }
}
