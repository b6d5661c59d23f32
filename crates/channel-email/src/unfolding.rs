//! From the bytes of a stored mail to what conversations receive.

use std::sync::Arc;
use std::time::Duration;

use base::Result;
use base::error::{not_found, unavailable};
use conversations::actions::file_sent::FileSent;
use conversations::actions::receive::Receive;
use conversations::channel::{Arrival, Inbound};
use journal::{Caller, Cx, Workspace};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use crate::acknowledge::{self, Manner};
use crate::inbound::{self, Reading};
use crate::jobs::ReadMail;
use crate::originals;
use crate::receiving::{manner, receive};
use crate::screening::{Screened, screen};
use crate::store;

/// Reading takes several times the memory of a mail, so large ones are read two at a time.
static LARGE: Semaphore = Semaphore::const_new(2);
const LARGE_BYTES: i64 = 4 * 1024 * 1024;
const LARGE_PATIENCE: Duration = Duration::from_secs(60);

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
    let _turn = if raw.size > LARGE_BYTES { Some(turn().await?) } else { None };
    let bytes: Arc<[u8]> = originals::bytes(house, &raw).await?.into();
    let mut reading = read_aside(bytes.clone()).await;
    if slip.too_large {
        reading.marks = vec!["too_large".to_owned()];
    }
    let manner = manner(&raw, &reading, &mailboxes);
    let screened = match slip.origin.arrival == Arrival::Live && !slip.origin.sent {
        true => Some(screen(house, &raw, &bytes, &mailboxes, &reading).await?),
        false => None,
    };
    let mut inbound = receive(house, &raw, &mailboxes, reading, slip).await?;
    if let Some(screened) = &screened {
        screened.apply(&mut inbound);
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
    let too_many = acknowledge::bound(cx, &mut inbound)?;
    let received = cx.call::<Receive>(&inbound)?;
    if !too_many && !unfolded.screened.as_ref().is_some_and(Screened::is_forged) {
        acknowledge::tell(cx, &inbound, &received, unfolded.manner)?;
    }
    Ok(())
}

async fn turn() -> Result<SemaphorePermit<'static>> {
    let turn = timeout(LARGE_PATIENCE, LARGE.acquire()).await;
    turn.ok().and_then(|turn| turn.ok()).ok_or_else(|| {
        unavailable("large_mails_wait", "Other large mails are being read. This one waits for its turn.")
    })
}

/// A reader that fails costs its own mail some comfort, and no other mail anything.
async fn read_aside(raw: Arc<[u8]>) -> Reading {
    let shared = raw.clone();
    match tokio::task::spawn_blocking(move || inbound::read(&shared)).await {
        Ok(reading) => reading,
        Err(e) => {
            tracing::error!(error = %e, "a mail could not be read");
            inbound::unread(&raw)
        }
    }
}
