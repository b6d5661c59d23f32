//! Reads a mail beside the async code, large ones in turn.

use std::sync::Arc;
use std::time::Duration;

use base::Result;
use base::error::{not_found, unavailable};
use journal::{Caller, Workspace};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use crate::inbound::{self, Reading};
use crate::model::{Mailbox, Raw, RawId};
use crate::{originals, store};

/// Reading takes several times the memory of a mail, so large ones are read two at a time.
static LARGE: Semaphore = Semaphore::const_new(2);
const LARGE_BYTES: i64 = 4 * 1024 * 1024;
const LARGE_PATIENCE: Duration = Duration::from_secs(60);

/// What is held while a large mail is worked on.
type Turn = Option<SemaphorePermit<'static>>;

/// A stored mail, read, with the mailboxes that there are.
pub struct Opened {
    pub raw: Raw,
    pub mailboxes: Vec<Mailbox>,
    pub bytes: Arc<[u8]>,
    pub reading: Reading,
    /// Held until the work on it is done.
    pub turn: Option<SemaphorePermit<'static>>,
}

pub async fn open(house: &Workspace, id: RawId) -> Result<Opened> {
    let found = house
        .read(Caller::system(), move |cx| {
            let raw = store::find_raw(cx, id)?.ok_or_else(|| not_found("raw_mail_missing"))?;
            Ok((raw, store::list_mailboxes(cx)?))
        })
        .await?;
    let (raw, mailboxes) = found;
    let (bytes, turn) = bytes(house, &raw).await?;
    let reading = read(bytes.clone()).await;
    Ok(Opened { raw, mailboxes, bytes, reading, turn })
}

/// The bytes of a mail, when it is its turn; small ones wait for nobody.
async fn bytes(house: &Workspace, raw: &Raw) -> Result<(Arc<[u8]>, Turn)> {
    let turn = if raw.size > LARGE_BYTES { Some(turn().await?) } else { None };
    Ok((originals::bytes(house, raw).await?.into(), turn))
}

async fn turn() -> Result<SemaphorePermit<'static>> {
    let turn = timeout(LARGE_PATIENCE, LARGE.acquire()).await;
    turn.ok().and_then(|turn| turn.ok()).ok_or_else(|| {
        unavailable("large_mails_wait", "Other large mails are being read. This one waits for its turn.")
    })
}

/// A reader that fails costs its own mail some comfort, and no other mail anything.
async fn read(raw: Arc<[u8]>) -> Reading {
    let shared = raw.clone();
    match tokio::task::spawn_blocking(move || inbound::read(&shared)).await {
        Ok(reading) => reading,
        Err(e) => {
            tracing::error!(error = %e, "a mail could not be read");
            inbound::unread(&raw)
        }
    }
}
