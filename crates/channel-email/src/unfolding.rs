//! From the bytes of a stored mail to what conversations receive.

use std::sync::Arc;

use base::Result;
use base::error::not_found;
use conversations::actions::file_sent::FileSent;
use conversations::actions::receive::Receive;
use conversations::channel::{Arrival, Inbound};
use journal::{Caller, Cx, Workspace};

use crate::acknowledge::{self, Manner};
use crate::aside;
use crate::forwarding;
use crate::jobs::ReadMail;
use crate::receiving::{manner, receive};
use crate::screening::{Screened, screen};
use crate::store;

/// A mail that is ready to be taken in.
pub struct Unfolded {
    inbound: Inbound,
    manner: Manner,
    /// It was sent from one of our mailboxes.
    sent: bool,
    /// Absent of what was sent, and of mail of earlier days, whose time to be judged is over.
    screened: Option<Screened>,
}

/// Everything slow: afterwards only the transaction is left to do.
pub async fn prepare(house: &Arc<Workspace>, slip: &ReadMail) -> Result<Unfolded> {
    let id = slip.raw;
    let found = house
        .read(Caller::system(), move |cx| {
            let raw = store::find_raw(cx, id)?.ok_or_else(|| not_found("raw_mail_missing"))?;
            Ok((raw, store::list_mailboxes(cx)?))
        })
        .await?;
    let (raw, mailboxes) = found;
    let (bytes, _turn) = aside::bytes(house, &raw).await?;
    let mut reading = aside::read(bytes.clone()).await;
    if slip.too_large {
        reading.marks = vec!["too_large".to_owned()];
    }
    let manner = manner(&raw, &reading, &mailboxes);
    let screened = match slip.origin.arrival == Arrival::Live && !slip.origin.sent {
        true => Some(screen(house, &raw, &bytes, &mailboxes, &reading).await?),
        false => None,
    };
    let forward = match screened.as_ref().is_some_and(Screened::is_proven) {
        true => forwarding::open(house, &mailboxes, &mut reading).await?,
        false => None,
    };
    let mut inbound = receive(house, &raw, &mailboxes, reading, slip).await?;
    if let Some(screened) = &screened {
        screened.apply(&mut inbound);
    }
    if let Some(forward) = forward {
        forward.apply(&mut inbound);
    }
    Ok(Unfolded { inbound, manner, sent: slip.origin.sent, screened })
}

/// What came in becomes a message, what was sent elsewhere an answer. Only who writes just now is told that it
/// is here.
pub fn take(cx: &mut Cx<'_, '_>, unfolded: &Unfolded) -> Result<()> {
    let mut inbound = unfolded.inbound.clone();
    if let Some(screened) = &unfolded.screened {
        screened.keep(cx)?;
    }
    if unfolded.sent {
        return cx.call::<FileSent>(&inbound).map(drop);
    }
    if inbound.arrival != Arrival::Live {
        return cx.call::<Receive>(&inbound).map(drop);
    }
    // The customer has not written to us, and an agent may hand on as much as there is.
    if inbound.hints.forwarder.is_some() {
        return cx.call::<Receive>(&inbound).map(drop);
    }
    let too_many = acknowledge::bound(cx, &mut inbound)?;
    let received = cx.call::<Receive>(&inbound)?;
    if !too_many && !unfolded.screened.as_ref().is_some_and(Screened::is_forged) {
        acknowledge::tell(cx, &inbound, &received, unfolded.manner)?;
    }
    Ok(())
}
