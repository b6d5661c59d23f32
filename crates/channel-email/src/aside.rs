//! Reads a mail beside the async code, large ones in turn.

use std::sync::Arc;
use std::time::Duration;

use base::Result;
use base::error::unavailable;
use journal::Workspace;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use crate::inbound::{self, Reading};
use crate::model::Raw;
use crate::originals;

/// Reading takes several times the memory of a mail, so large ones are read two at a time.
static LARGE: Semaphore = Semaphore::const_new(2);
const LARGE_BYTES: i64 = 4 * 1024 * 1024;
const LARGE_PATIENCE: Duration = Duration::from_secs(60);

/// What is held while a large mail is worked on.
pub type Turn = Option<SemaphorePermit<'static>>;

/// The bytes of a mail, when it is its turn; small ones wait for nobody.
pub async fn bytes(house: &Workspace, raw: &Raw) -> Result<(Arc<[u8]>, Turn)> {
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
pub async fn read(raw: Arc<[u8]>) -> Reading {
    let shared = raw.clone();
    match tokio::task::spawn_blocking(move || inbound::read(&shared)).await {
        Ok(reading) => reading,
        Err(e) => {
            tracing::error!(error = %e, "a mail could not be read");
            inbound::unread(&raw)
        }
    }
}
