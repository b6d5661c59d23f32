//! Reads stored mail into conversations.

use std::sync::Arc;
use std::time::Duration;

use base::Result;
use base::error::{not_found, unavailable};
use conversations::actions::receive::Receive;
use journal::{Caller, JobRun, Worker, Workspace};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use crate::acknowledge;
use crate::inbound::{self, Reading};
use crate::jobs::ReadMail;
use crate::originals;
use crate::receiving::{manner, receive};
use crate::store;

/// Reading takes several times the memory of a mail, so large ones are read two at a time.
static LARGE: Semaphore = Semaphore::const_new(2);
const LARGE_BYTES: i64 = 4 * 1024 * 1024;
const LARGE_PATIENCE: Duration = Duration::from_secs(60);

/// Parsing is bounded, but a machine under load may be slow.
const LEASE_SECONDS: i64 = 180;

pub fn workers() -> Vec<Worker> {
    vec![Worker::new::<ReadMail, _>(read_mail).lease(LEASE_SECONDS)]
}

async fn read_mail(house: Arc<Workspace>, slip: ReadMail, run: JobRun) -> Result<()> {
    let found = house
        .read(Caller::system(), move |cx| {
            let raw = store::find_raw(cx, slip.raw)?.ok_or_else(|| not_found("raw_mail_missing"))?;
            Ok((raw, store::list_mailboxes(cx)?))
        })
        .await?;
    let (raw, mailboxes) = found;
    let _turn = if raw.size > LARGE_BYTES { Some(turn().await?) } else { None };
    let reading = read_aside(originals::bytes(&house, &raw).await?).await;
    let manner = manner(&raw, &reading, &mailboxes);
    let inbound = receive(&house, &raw, &mailboxes, reading, slip.released).await?;
    house
        .write_caused(Caller::system(), run.cause.clone(), run.depth, move |cx| {
            let mut inbound = inbound.clone();
            let too_many = acknowledge::bound(cx, &mut inbound)?;
            let received = cx.call::<Receive>(&inbound)?;
            if !too_many {
                acknowledge::tell(cx, &inbound, &received, manner)?;
            }
            run.finish(cx)
        })
        .await
}

async fn turn() -> Result<SemaphorePermit<'static>> {
    let turn = timeout(LARGE_PATIENCE, LARGE.acquire()).await;
    turn.ok().and_then(|turn| turn.ok()).ok_or_else(|| {
        unavailable("large_mails_wait", "Other large mails are being read. This one waits for its turn.")
    })
}

/// A reader that fails costs its own mail some comfort, and no other mail anything.
async fn read_aside(raw: Vec<u8>) -> Reading {
    let raw: Arc<[u8]> = raw.into();
    let shared = raw.clone();
    match tokio::task::spawn_blocking(move || inbound::read(&shared)).await {
        Ok(reading) => reading,
        Err(e) => {
            tracing::error!(error = %e, "a mail could not be read");
            inbound::unread(&raw)
        }
    }
}
