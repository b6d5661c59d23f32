//! The channel: how conversations write mail without knowing what mail is.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use base::error::internal;
use base::{Kind, Result, Secrets};
use conversations::channel::{Channel, Delivering, Outcome, Outgoing};
use conversations::model::{MessageId, Party};
use journal::{Caller, Cx, Workspace, settings};
use mime::{Attached, reply_address};
use people::BrandId;

use crate::letter::{self, Sender};
use crate::model::{Mailbox, OutgoingMail, PASSWORD_PLACE, base_address, check_address};
use crate::smtp::client::{self, Fate, Patience, Security, Server};
use crate::store;

pub const NAME: &str = "email";

/// Mail as a channel.
pub struct Email;

impl Channel for Email {
    fn name(&self) -> &'static str {
        NAME
    }

    fn is_own(&self, cx: &mut Cx<'_, '_>, address: &str) -> Result<bool> {
        Ok(store::find_mailbox(cx, &base_address(address))?.is_some())
    }

    fn sender(&self, cx: &mut Cx<'_, '_>, account: Option<&str>, brand: Option<BrandId>) -> Result<Option<Party>> {
        let mailbox = mailbox(cx, account, brand)?;
        Ok(mailbox.map(|mailbox| Party { name: mailbox.name, address: mailbox.address }))
    }

    fn check_address(&self, address: &str) -> Result<(), String> {
        check_address(address)
    }

    fn new_source_id(&self, message: MessageId, from: Option<&Party>) -> String {
        let domain = from.and_then(|party| party.address.rsplit_once('@')).map(|(_, domain)| domain);
        let domain = domain.filter(|domain| domain.is_ascii() && !domain.contains(['[', ']']));
        // Random, so that nobody can name a mail that was not sent to him.
        let random = URL_SAFE_NO_PAD.encode(&base::secrets::sha256(base::secrets::new_token().as_bytes())[..12]);
        format!("{message}.{random}@{}", domain.unwrap_or("rapport.invalid"))
    }

    fn deliver(&self, house: Arc<Workspace>, letter: Outgoing) -> Delivering {
        Box::pin(async move {
            match deliver(&house, &letter).await {
                Ok(outcome) => outcome,
                // Errors end before anything was sent: what was sent has an outcome.
                Err(e) if matches!(e.kind, Kind::Unavailable | Kind::TooMany | Kind::Internal) => {
                    tracing::warn!(error = ?e, message.id = letter.message.0, "a mail could not be made");
                    Outcome::Postponed(e.message.to_string())
                }
                Err(e) => Outcome::Refused(e.message.to_string()),
            }
        })
    }
}

/// The mailbox that the conversation came to, else one of its brand, else the usual one.
fn mailbox(cx: &mut Cx, account: Option<&str>, brand: Option<BrandId>) -> Result<Option<Mailbox>> {
    if let Some(account) = account
        && let Some(mailbox) = store::find_mailbox(cx, &base_address(account))?
    {
        return Ok(Some(mailbox));
    }
    if let Some(brand) = brand
        && let Some(mailbox) = store::find_mailbox_of_brand(cx, brand)?
    {
        return Ok(Some(mailbox));
    }
    usual_mailbox(cx)
}

/// The one that the settings name, else the oldest.
pub fn usual_mailbox(cx: &mut Cx) -> Result<Option<Mailbox>> {
    let named = settings::get::<OutgoingMail>(cx)?.from;
    if let Some(named) = named
        && let Some(mailbox) = store::find_mailbox(cx, &base::text::fold(&named))?
    {
        return Ok(Some(mailbox));
    }
    Ok(store::list_mailboxes(cx)?.into_iter().next())
}

async fn deliver(house: &Arc<Workspace>, letter: &Outgoing) -> Result<Outcome> {
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
        token: reply_address::token(letter.conversation.0, &key),
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
