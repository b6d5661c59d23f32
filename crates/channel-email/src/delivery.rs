//! Sends one answer: its settings, its mailbox, its files, and what became of it.

use std::sync::Arc;

use base::Result;
use conversations::channel::{Outcome, Outgoing};
use conversations::model::Party;
use journal::{Caller, Workspace};
use mime::{Attached, reply_address};

use crate::letter::{self, Sender};
use crate::login;
use crate::mailboxes::mailbox;
use crate::signing::signed;
use crate::smtp::client::Fate;
use crate::smtp::pool::Pool;
use crate::ways::account_for;

/// Takes answers to their servers. Clones share the connections.
#[derive(Clone, Default)]
pub struct Carrier {
    pool: Pool,
}

impl Carrier {
    /// Errors end before anything was sent: what was sent has an outcome.
    pub async fn deliver(&self, house: &Arc<Workspace>, letter: &Outgoing) -> Result<Outcome> {
        deliver(house, &self.pool, letter).await
    }
}

async fn deliver(house: &Arc<Workspace>, pool: &Pool, letter: &Outgoing) -> Result<Outcome> {
    let (account, from) = (letter.account.clone(), letter.recipients.from.clone());
    let found = house
        .read(Caller::system(), move |cx| {
            let address = from.as_ref().map(|party| party.address.as_str()).or(account.as_deref());
            let Some(mailbox) = mailbox(cx, address, None)? else { return Ok(None) };
            Ok(Some((account_for(cx, &mailbox)?, mailbox)))
        })
        .await?;
    let Some((account, mailbox)) = found else {
        return Ok(Outcome::Postponed("There is no mailbox to write from.".to_owned()));
    };
    let Some(account) = account else {
        return Ok(Outcome::Postponed("Outgoing mail is not set up.".to_owned()));
    };
    let server = login::server(house, &account, &mailbox.address, false).await?;
    let own = mailbox.address.clone();
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
    let raw = signed(house, &addressed.from, raw).await?;
    let mut fate = pool.send(&server, &addressed, &raw).await;
    if fate.is_about_access() {
        // Nothing has arrived: the access had ended before its time, and a fresh one may be let in.
        let anew = login::server(house, &account, &own, true).await?;
        fate = pool.send(&anew, &addressed, &raw).await;
    }
    Ok(match fate {
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
