//! Letters are gathered and sent.

use std::sync::Arc;

use base::Result;
use base::error::unavailable;
use conversations::channel::Outcome;
use conversations::notices::courier;
use journal::{Caller, JobRun, Worker, Workspace};

use crate::jobs::{Gather, Send};
use crate::sending::{self, ATTEMPTS};

/// A server may take long for its final answer.
const LEASE_SECONDS: i64 = 1_200;

pub fn workers() -> Vec<Worker> {
    vec![
        Worker::new::<Gather, _>(gather),
        Worker::new::<Send, _>(send).lease(LEASE_SECONDS).attempts(ATTEMPTS),
    ]
}

async fn gather(house: Arc<Workspace>, slip: Gather, run: JobRun) -> Result<()> {
    let gather = move |cx: &mut journal::Cx<'_, '_>| sending::gather(cx, &run, slip.agent, slip.conversation);
    house.write(Caller::system(), gather).await
}

async fn send(house: Arc<Workspace>, slip: Send, run: JobRun) -> Result<()> {
    let (id, starting) = (slip.letter, run.clone());
    let begun = house.write(Caller::system(), move |cx| sending::begin(cx, &starting, id)).await?;
    let (Some(notice), Some(courier)) = (begun, courier(&house.registry())) else { return Ok(()) };
    let outcome = courier.bring(house.clone(), notice).await;
    if let Outcome::Unclear(why) | Outcome::Refused(why) | Outcome::Postponed(why) = &outcome {
        tracing::warn!(letter.id = id.0, attempt = run.attempt, why, "a letter to an agent did not arrive");
    }
    let last = run.attempt >= ATTEMPTS;
    let over = move |cx: &mut journal::Cx<'_, '_>| sending::end(cx, &run, id, &outcome, last);
    match house.write(Caller::system(), over).await? {
        true => Ok(()),
        false => Err(unavailable("letter_postponed", "The letter could not be sent yet.")),
    }
}
