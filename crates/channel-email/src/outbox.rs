//! The way out for what the house writes by itself: from which mailbox, through which account, with what end.

use std::sync::Arc;

use base::Result;
use conversations::channel::Outcome;
use conversations::notices::Origin;
use journal::{Cx, Workspace};

use crate::account::Account;
use crate::login::server;
use crate::mailboxes::mailbox;
use crate::model::Mailbox;
use crate::signing::signed;
use crate::smtp::client::{Addressed, Fate, send};
use crate::ways::account_for;

/// A mailbox to write from, and the account that its mail goes out through.
pub struct Outbox {
    pub mailbox: Mailbox,
    account: Account,
}

/// The mailbox that the conversation came to, else one of its brand, else the usual one; `None` when nothing goes out.
pub fn find(cx: &mut Cx<'_, '_>, origin: &Origin) -> Result<Option<Outbox>> {
    let Some(mailbox) = mailbox(cx, origin.account.as_deref(), origin.brand)? else { return Ok(None) };
    Ok(account_for(cx, &mailbox)?.map(|account| Outbox { mailbox, account }))
}

impl Outbox {
    /// Signed by the keys of the domain in From. Errors end before anything was sent.
    pub async fn send(&self, house: &Arc<Workspace>, addressed: &Addressed, raw: Vec<u8>) -> Result<Outcome> {
        let own = &self.mailbox.address;
        let raw = signed(house, own, raw).await?;
        let mut fate = send(&server(house, &self.account, own, false).await?, addressed, &raw).await;
        if fate.is_about_access() {
            // Nothing has arrived: the access had ended before its time, and a fresh one may be let in.
            fate = send(&server(house, &self.account, own, true).await?, addressed, &raw).await;
        }
        Ok(match fate {
            Fate::Taken(_) => Outcome::Delivered,
            Fate::Postponed(why) => Outcome::Postponed(why),
            Fate::Refused(why) => Outcome::Refused(why),
            Fate::Unclear(why) => Outcome::Unclear(why),
        })
    }
}
