//! The way out for what the house writes by itself: from which mailbox, through which account, with what end.

use std::sync::Arc;

use base::Result;
use conversations::channel::Outcome;
use conversations::notices::Origin;
use journal::{Cx, Workspace};

use crate::account::Account;
use crate::handover::hand_over;
use crate::mailboxes::mailbox;
use crate::model::Mailbox;
use crate::smtp::client::{Addressed, Fate};
use crate::smtp::pool::Pool;
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
    /// Signed by the keys of its domain. Errors end before anything was sent.
    pub async fn send(
        &self,
        house: &Arc<Workspace>,
        pool: &Pool,
        addressed: &Addressed,
        raw: Vec<u8>,
    ) -> Result<Outcome> {
        let fate = hand_over(house, pool, &self.account, &self.mailbox.address, addressed, raw).await?;
        Ok(match fate {
            Fate::Taken(_) => Outcome::Delivered,
            Fate::Postponed(why) => Outcome::Postponed(why),
            Fate::Refused(why) => Outcome::Refused(why),
            Fate::Unclear(why) => Outcome::Unclear(why),
        })
    }
}
