//! Whether mail could go out, tried without sending any.

use std::sync::Arc;
use std::time::Duration;

use base::Result;
use journal::{Caller, Workspace};

use crate::login::server;
use crate::mailboxes::usual_mailbox;
use crate::model::Mailbox;
use crate::smtp::client::{self, Fate, Patience};
use crate::store;
use crate::ways::account_for;

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
    let read = |cx: &mut journal::Cx<'_, '_>| {
        let Some(mailbox) = usual_mailbox(cx)? else { return Ok(None) };
        Ok(Some((account_for(cx, &mailbox)?, mailbox)))
    };
    let Some((account, mailbox)) = house.read(Caller::system(), read).await? else {
        return Ok(Probed::NoMailbox);
    };
    let Some(account) = account else { return Ok(Probed::NoServer) };
    let mut server = server(house, &account, &mailbox.address, false).await?;
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
