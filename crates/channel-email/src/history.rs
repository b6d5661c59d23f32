//! Files mail of earlier days: one after the other, oldest first, so that answers find what they answer.

use std::sync::Arc;

use base::Result;
use journal::{Caller, JobRun, Worker, Workspace};

use crate::jobs::{FileHistory, Origin, ReadMail};
use crate::store_history::{self as rows, Queued};
use crate::unfolding::{prepare, take};
use conversations::channel::Arrival;

/// Longer than reading one mail takes; each mail prolongs it.
const LEASE_SECONDS: i64 = 300;
const AT_ONCE: i64 = 100;

pub fn workers() -> Vec<Worker> {
    vec![Worker::new::<FileHistory, _>(file).lease(LEASE_SECONDS)]
}

async fn file(house: Arc<Workspace>, slip: FileHistory, run: JobRun) -> Result<()> {
    let mailbox = slip.mailbox;
    loop {
        let queued = house.read(Caller::system(), move |cx| rows::list_queued(cx, mailbox, AT_ONCE)).await?;
        if queued.is_empty() {
            let (done, run) = (slip.mailbox, run.clone());
            let finish = move |cx: &mut journal::Cx<'_, '_>| {
                // What was put into the queue since has seen this slip and put down none.
                let late = !rows::list_queued(cx, done, 1)?.is_empty();
                run.finish(cx)?;
                if late { cx.later(&FileHistory { mailbox: done }) } else { Ok(()) }
            };
            return house.write(Caller::system(), finish).await;
        }
        for one in queued {
            file_one(&house, &run, one).await?;
        }
    }
}

/// What can't be filed becomes a slip of its own, which is parked with its cause; the others go on.
async fn file_one(house: &Arc<Workspace>, run: &JobRun, one: Queued) -> Result<()> {
    let origin = Origin { arrival: Arrival::History, sent: one.sent };
    let (raw, too_large) = (one.raw_id, one.too_large);
    let slip = move || ReadMail { raw, released: false, origin, too_large };
    let prepared = prepare(house, &slip()).await;
    let filed = match prepared {
        Ok(unfolded) => {
            let (run, id) = (run.clone(), one.id);
            let filing = house.write(Caller::system(), move |cx| {
                run.renew(cx, LEASE_SECONDS)?;
                take(cx, &unfolded)?;
                rows::delete_queued(cx, id)
            });
            filing.await
        }
        Err(e) => Err(e),
    };
    match filed {
        Ok(()) => Ok(()),
        Err(e) if e.code == "lease_lost" || e.kind.passes() => Err(e),
        Err(_) => {
            let id = one.id;
            house
                .write(Caller::system(), move |cx| {
                    rows::delete_queued(cx, id)?;
                    cx.later(&slip())
                })
                .await
        }
    }
}
