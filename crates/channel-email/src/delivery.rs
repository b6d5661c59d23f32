//! Sends one answer: its settings, its mailbox, its files, and what became of it.

use std::sync::Arc;

use base::Result;
use base::error::internal;
use conversations::channel::{Outcome, Outgoing};
use journal::{Caller, Workspace};

use crate::enclosing::enclose;
use crate::handover::hand_over;
use crate::letter;
use crate::looks::gather;
use crate::mailboxes::mailbox;
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
    let sender = letter::sender(house, &mailbox, Some(letter.answers_to));
    let own = mailbox.address.clone();
    // Fixed before the first byte leaves, so that what is sent again is the same.
    let (message, author, number) = (letter.message, letter.author, letter.number);
    let (dress, linked) =
        house.write(Caller::system(), move |cx| gather::keep(cx, message, &mailbox, author, number)).await?;
    let enclosed = match enclose(house, letter, &linked).await? {
        Ok(enclosed) => enclosed,
        Err(why) => return Ok(Outcome::Refused(why)),
    };
    // Writing out styles and long texts takes its time, so it is done beside the async code.
    let said = letter.clone();
    let write = move || letter::write(&said, &sender, &dress, enclosed);
    let (raw, addressed) = match tokio::task::spawn_blocking(write).await.map_err(internal)? {
        Ok(written) => written,
        Err(why) => return Ok(Outcome::Refused(why)),
    };
    if addressed.to.is_empty() {
        return Ok(Outcome::Refused("The message has no recipients.".to_owned()));
    }
    Ok(match hand_over(house, pool, &account, &own, &addressed, raw).await? {
        Fate::Taken(_) => Outcome::Delivered,
        Fate::Postponed(why) => Outcome::Postponed(why),
        Fate::Refused(why) => Outcome::Refused(why),
        Fate::Unclear(why) => Outcome::Unclear(why),
    })
}
