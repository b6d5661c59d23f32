//! Sends one answer: its settings, its mailbox, its files, and what became of it.

use std::sync::Arc;

use base::error::internal;
use base::{Result, Secrets};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use conversations::channel::{Outcome, Outgoing};
use conversations::model::Party;
use journal::{Caller, Workspace, settings};
use mime::{Attached, reply_address};

use crate::letter::{self, Sender};
use crate::mailboxes::mailbox;
use crate::model::{OutgoingMail, PASSWORD_PLACE};
use crate::smtp::client::{self, Fate, Patience, Security, Server};

/// Errors end before anything was sent: what was sent has an outcome.
pub async fn deliver(house: &Arc<Workspace>, letter: &Outgoing) -> Result<Outcome> {
    let (account, from) = (letter.account.clone(), letter.recipients.from.clone());
    let (settings, mailbox) = house
        .read(Caller::system(), move |cx| {
            let account = from.as_ref().map(|party| party.address.as_str()).or(account.as_deref());
            Ok((settings::get::<OutgoingMail>(cx)?, mailbox(cx, account, None)?))
        })
        .await?;
    let Some(mailbox) = mailbox else {
        return Ok(Outcome::Postponed("There is no mailbox to write from.".to_owned()));
    };
    let Some(server) = server(&house.secrets, &settings, &mailbox.address)? else {
        return Ok(Outcome::Postponed("Outgoing mail is not set up.".to_owned()));
    };
    let key = letter::reply_key(&house.secrets, &house.name);
    let sender = Sender {
        token: reply_address::token(letter.answers_to, &key),
        loop_mark: letter::loop_mark(&house.secrets, &house.name),
        mailbox: Party { name: mailbox.name, address: mailbox.address },
    };
    let files = files(house, letter).await?;
    let (raw, addressed) = match letter::write(letter, &sender, files) {
        Ok(written) => written,
        Err(why) => return Ok(Outcome::Refused(why)),
    };
    if addressed.to.is_empty() {
        return Ok(Outcome::Refused("The message has no recipients.".to_owned()));
    }
    Ok(match client::send(&server, &addressed, &raw).await {
        Fate::Taken(_) => Outcome::Delivered,
        Fate::Postponed(why) => Outcome::Postponed(why),
        Fate::Refused(why) => Outcome::Refused(why),
        Fate::Unclear(why) => Outcome::Unclear(why),
    })
}

async fn files(house: &Workspace, letter: &Outgoing) -> Result<Vec<Attached>> {
    let mut files = Vec::new();
    for stored in &letter.attachments {
        let bytes = house.blobs.get(&stored.blob).await?;
        let content_id = stored.content_id.clone().filter(|_| stored.inline);
        files.push(Attached {
            name: stored.name.clone(),
            content_type: stored.content_type.clone(),
            content_id,
            bytes,
        });
    }
    Ok(files)
}

/// The server of the settings, ready to be asked; `None` while nobody has named one.
pub fn server(secrets: &Secrets, settings: &OutgoingMail, from: &str) -> Result<Option<Server>> {
    if settings.host.is_empty() {
        return Ok(None);
    }
    let login = match (&settings.username, &settings.password) {
        (Some(user), Some(sealed)) => {
            let sealed = STANDARD.decode(sealed).map_err(internal)?;
            let password = secrets.open_sealed(PASSWORD_PLACE, &sealed)?;
            Some((user.clone(), String::from_utf8(password).map_err(internal)?))
        }
        _ => None,
    };
    let domain = from.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    Ok(Some(Server {
        host: settings.host.clone(),
        port: settings.port,
        security: settings.security.unwrap_or(Security::None),
        login,
        trusted: settings.trusted_certificate.clone(),
        hello: if domain.is_ascii() { domain.to_owned() } else { "localhost".to_owned() },
        patience: Patience::default(),
    }))
}
