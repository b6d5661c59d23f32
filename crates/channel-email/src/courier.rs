//! Brings notices to agents as mail, from the address that their conversation came to.

use std::sync::Arc;

use base::{Kind, Result};
use conversations::channel::{Delivering, Outcome};
use conversations::notices::{Courier, Doors, Notice, Origin};
use journal::{Caller, Cx, Workspace};

use crate::model::base_address;
use crate::notice_mail::write;
use crate::signing::ascii_address;
use crate::smtp::client::Addressed;
use crate::smtp::pool::Pool;
use crate::{doors, outbox, store};

/// Fills the socket.
#[derive(Default)]
pub struct Post {
    pool: Pool,
}

impl Courier for Post {
    fn doors(&self, cx: &mut Cx<'_, '_>, origin: &Origin, to: &str, notice: i64) -> Result<Option<Doors>> {
        let Some(outbox) = outbox::find(cx, origin)? else {
            return Ok(None);
        };
        // A letter to ourselves would come back as mail, and so on.
        if store::find_mailbox(cx, &base_address(to))?.is_some() {
            return Ok(None);
        }
        let address = ascii_address(&outbox.mailbox.address);
        Ok(doors::of(cx.secrets(), cx.workspace(), &address, notice))
    }

    fn bring(&self, house: Arc<Workspace>, notice: Notice) -> Delivering {
        let pool = self.pool.clone();
        Box::pin(async move {
            match bring(&house, &pool, &notice).await {
                Ok(outcome) => outcome,
                // Errors end before anything was sent.
                Err(e) if matches!(e.kind, Kind::Unavailable | Kind::TooMany | Kind::Internal) => {
                    tracing::warn!(error = ?e, letter.id = notice.id, "a letter to an agent could not be made");
                    Outcome::Postponed(e.message.to_string())
                }
                Err(e) => Outcome::Refused(e.message.to_string()),
            }
        })
    }
}

async fn bring(house: &Arc<Workspace>, pool: &Pool, notice: &Notice) -> Result<Outcome> {
    let origin = notice.origin.clone();
    let look = move |cx: &mut Cx<'_, '_>| outbox::find(cx, &origin);
    let Some(outbox) = house.read(Caller::system(), look).await? else {
        return Ok(Outcome::Postponed("Outgoing mail is not set up.".to_owned()));
    };
    let own = ascii_address(&outbox.mailbox.address);
    let Some(doors) = doors::of(&house.secrets, &house.name, &own, notice.id) else {
        return Ok(Outcome::Refused("The address of the mailbox is too long.".to_owned()));
    };
    let raw = match write(house, notice, &outbox.mailbox, &doors).write() {
        Ok(raw) => raw,
        Err(refused) => return Ok(Outcome::Refused(format!("The mail could not be written: {refused}."))),
    };
    // Reports about it come to the door of its own notes, where no machine is heard: no customer is marked by them.
    let addressed = Addressed { from: doors.note, to: vec![ascii_address(&notice.to.address)] };
    outbox.send(house, pool, &addressed, raw).await
}
