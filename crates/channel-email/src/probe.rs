//! Whether mail could go out, tried without sending any.

use std::sync::Arc;
use std::time::Duration;

use base::Result;
use journal::{Caller, Workspace, settings};

use crate::delivery::server;
use crate::mailboxes::usual_mailbox;
use crate::model::{Mailbox, OutgoingMail};
use crate::smtp::client::{self, Fate, Patience};
use crate::store;

/// Somebody waits for the answer at a terminal.
const WITHIN: Duration = Duration::from_secs(10);

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Probed {
    /// There is no mailbox that mail could go out from.
    NoMailbox,
    /// No server is named.
    NoServer,
    /// The server greets, encrypts and lets us in; its name.
    Ready(String),
    /// Why it does not.
    Refused(String),
}

/// Asks the outgoing mail server of a workspace.
pub async fn probe(house: &Arc<Workspace>) -> Result<Probed> {
    let read = |cx: &mut journal::Cx<'_, '_>| Ok((settings::get::<OutgoingMail>(cx)?, usual_mailbox(cx)?));
    let (settings, mailbox) = house.read(Caller::system(), read).await?;
    let Some(mailbox) = mailbox else { return Ok(Probed::NoMailbox) };
    let Some(mut server) = server(&house.secrets, &settings, &mailbox.address)? else {
        return Ok(Probed::NoServer);
    };
    server.patience = Patience { connect: WITHIN, command: WITHIN, before: WITHIN, ..server.patience };
    match client::probe(&server).await {
        Ok(()) => Ok(Probed::Ready(format!("{}:{}", server.host, server.port))),
        Err(Fate::Postponed(why) | Fate::Refused(why) | Fate::Unclear(why) | Fate::Taken(why)) => {
            Ok(Probed::Refused(why))
        }
    }
}

/// Where a workspace takes mail.
pub async fn list_mailboxes(house: &Workspace) -> Result<Vec<Mailbox>> {
    house.read(Caller::system(), store::list_mailboxes).await
}
