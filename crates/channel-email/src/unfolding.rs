//! From the bytes of a stored mail to what conversations receive.

use std::sync::Arc;

use base::Result;
use base::error::unavailable;
use conversations::actions::file_sent::FileSent;
use conversations::actions::receive::Receive;
use conversations::channel::{Arrival, Inbound};
use conversations::notices::{WrittenBack, reader};
use journal::{Cx, Workspace};

use crate::acknowledge::{self, Manner};
use crate::aside::{self, Opened};
use crate::jobs::ReadMail;
use crate::receiving::{is_notice, manner, receive};
use crate::screening::{Screened, screen};
use crate::{forwarding, written_back};

/// A mail that is ready to be taken in.
pub enum Unfolded {
    Message(Box<Message>),
    /// An agent, or somebody who says so, writes back to a notice.
    Back(Box<WrittenBack>, Box<Screened>),
    /// Our own notice, or what came back to one and is filed with mail of earlier days: neither is anybody's message.
    Nothing,
}

/// What somebody writes to us, or what went out from one of our mailboxes.
pub struct Message {
    inbound: Inbound,
    manner: Manner,
    sent: bool,
    /// Absent of what was sent, and of mail of earlier days, whose time to be judged is over.
    screened: Option<Screened>,
}

/// Everything slow: afterwards only the transaction is left to do.
pub async fn prepare(house: &Arc<Workspace>, slip: &ReadMail) -> Result<Unfolded> {
    let Opened { raw, mailboxes, bytes, mut reading, turn: _turn } = aside::open(house, slip.raw).await?;
    if slip.too_large {
        reading.marks = vec!["too_large".to_owned()];
    }
    if slip.origin.sent && is_notice(house, &reading) {
        return Ok(Unfolded::Nothing);
    }
    let knock = written_back::of_mail(house, &raw, &reading.mail).filter(|_| !slip.origin.sent);
    if knock.is_some() && slip.origin.arrival == Arrival::History {
        return Ok(Unfolded::Nothing);
    }
    let manner = manner(&raw, &reading, &mailboxes);
    // An answer to a notice came after it, whatever date a clock gave it.
    let judged = slip.origin.arrival == Arrival::Live || knock.is_some();
    let screened = match judged && !slip.origin.sent {
        true => Some(screen(house, &raw, &bytes, &mailboxes, &reading).await?),
        false => None,
    };
    let proven = screened.as_ref().is_some_and(Screened::is_proven);
    let screened = match (knock, screened) {
        // What would be held back from anybody is held back here too, where somebody can look at it.
        (Some(knock), Some(screened)) if slip.released || !screened.holds() => {
            let written = written_back::read(house, &raw, &mailboxes, reading, knock, proven).await?;
            return Ok(Unfolded::Back(Box::new(written), Box::new(screened)));
        }
        (_, screened) => screened,
    };
    let forward = match proven {
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
    Ok(Unfolded::Message(Box::new(Message { inbound, manner, sent: slip.origin.sent, screened })))
}

/// In the transaction that ends the job.
pub fn take(cx: &mut Cx<'_, '_>, unfolded: &Unfolded) -> Result<()> {
    match unfolded {
        Unfolded::Message(message) => take_in(cx, message),
        Unfolded::Nothing => Ok(()),
        Unfolded::Back(written, screened) => {
            screened.keep(cx)?;
            let reader = reader(&cx.registry());
            let off = || {
                unavailable("notifications_off", "Nobody reads answers to notices: they are switched off.")
            };
            reader.ok_or_else(off)?.read(cx, written)
        }
    }
}

/// What came in becomes a message, what was sent elsewhere an answer. Only who writes just now is told that it
/// is here.
fn take_in(cx: &mut Cx<'_, '_>, message: &Message) -> Result<()> {
    let mut inbound = message.inbound.clone();
    if let Some(screened) = &message.screened {
        screened.keep(cx)?;
    }
    if message.sent {
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
    if !too_many && !message.screened.as_ref().is_some_and(Screened::is_forged) {
        acknowledge::tell(cx, &inbound, &received, message.manner)?;
    }
    Ok(())
}
