//! Fetches mailboxes, again and again: each by one slip, so by one node at a time.

use std::sync::Arc;
use std::time::Duration;

use base::{Error, Result, Time};
use journal::{Caller, Cx, JobRun, Worker, Workspace};
use tokio::time::timeout;

use super::round::{Ground, LEASE_SECONDS};
use super::source::Source;
use super::store;
use super::visit::through;
use super::watch::{self, Ahead};
use crate::jobs::Fetch;
use crate::model::MailboxId;
use crate::store::find_mailbox_by_id;

/// Between two rounds; a connection that waits for news (IDLE) makes them come at once.
const PAUSE_SECONDS: i64 = 60;
/// Where the server tells of news, looking is only for what it forgets to tell.
const WATCHED_PAUSE_SECONDS: i64 = 120;
const LONGEST_PAUSE_SECONDS: i64 = 900;
/// Only a person can mend these; signing in again makes the next round come at once.
const REFUSALS: [&str; 4] = ["source_login", "source_grant", "grant_over", "grant_not_found"];
/// A round that takes longer goes on in the next one.
const LONGEST_ROUND: Duration = Duration::from_secs(600);

pub fn workers() -> Vec<Worker> {
    vec![Worker::new::<Fetch, _>(fetch).lease(LEASE_SECONDS)]
}

async fn fetch(house: Arc<Workspace>, slip: Fetch, run: JobRun) -> Result<()> {
    let mailbox = slip.mailbox;
    let found = house.read(Caller::system(), move |cx| find(cx, mailbox)).await?;
    let Some((source, address)) = found else {
        watch::end(&house, mailbox);
        return house.write(Caller::system(), move |cx| run.finish(cx)).await;
    };
    let ground = Ground { house: &house, source: &source, address: &address, run: &run };
    let done = timeout(LONGEST_ROUND, through(&ground)).await;
    let (fault, pause) = match done {
        Ok(Ok(Ahead::Told)) => (None, WATCHED_PAUSE_SECONDS),
        Ok(Ok(Ahead::Untold)) => (None, PAUSE_SECONDS),
        Ok(Ok(Ahead::Now)) | Err(_) => (None, 0),
        // Somebody else fetches it now.
        Ok(Err(e)) if e.code == "lease_lost" => return Err(e),
        Ok(Err(e)) => {
            tracing::info!(mailbox.id = mailbox.0, code = e.code, cause = ?e.cause, "a mailbox could not be fetched");
            let pause = after_fault(&source, &e, house.clock.now());
            (Some(e), pause)
        }
    };
    let well = fault.is_none() && pause > 0;
    house
        .write(Caller::system(), move |cx| {
            match &fault {
                Some(e) => store::set_ill(cx, mailbox, e.code, &e.message)?,
                None if well => store::set_well(cx, mailbox)?,
                None => {}
            }
            run.finish(cx)?;
            cx.later_at(&Fetch { mailbox }, cx.now().plus_seconds(pause))
        })
        .await
}

/// `None` when nothing is to be fetched any more.
fn find(cx: &mut Cx<'_, '_>, mailbox: MailboxId) -> Result<Option<(Source, String)>> {
    let address = find_mailbox_by_id(cx, mailbox)?.map(|mailbox| mailbox.address);
    Ok(store::find_source(cx, mailbox)?.zip(address))
}

/// Who is refused waits long, so that no account is shut for too many tries.
fn after_fault(source: &Source, e: &Error, now: Time) -> i64 {
    if REFUSALS.contains(&e.code) {
        return LONGEST_PAUSE_SECONDS;
    }
    let failing = source.failing_since.map_or(0, |since| (now.0 - since.0) / 1000);
    (failing / 2).clamp(PAUSE_SECONDS, LONGEST_PAUSE_SECONDS)
}
