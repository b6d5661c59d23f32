//! Letters are gathered and sent.

use std::sync::Arc;

use base::Result;
use conversations::channel::Outcome;
use conversations::notices::courier;
use journal::{Caller, JobRun, Worker, Workspace};

use crate::jobs::{Gather, Send};
use crate::sending;

/// A server may take long for its final answer.
const LEASE_SECONDS: i64 = 1_200;

pub fn workers() -> Vec<Worker> {
    vec![Worker::new::<Gather, _>(gather), Worker::new::<Send, _>(send).lease(LEASE_SECONDS)]
}

async fn gather(house: Arc<Workspace>, slip: Gather, run: JobRun) -> Result<()> {
    let gather = move |cx: &mut journal::Cx<'_, '_>| sending::gather(cx, &run, slip.agent, slip.conversation);
    house.write(Caller::system(), gather).await
}

async fn send(house: Arc<Workspace>, slip: Send, run: JobRun) -> Result<()> {
    let (starting, begun) = (run.clone(), slip.clone());
    let begin = move |cx: &mut journal::Cx<'_, '_>| sending::begin(cx, &starting, &begun);
    let begun = house.write(Caller::system(), begin).await?;
    let (Some(notice), Some(courier)) = (begun, courier(&house.registry())) else { return Ok(()) };
    let outcome = courier.bring(house.clone(), notice).await;
    if let Outcome::Unclear(why) | Outcome::Refused(why) | Outcome::Postponed(why) = &outcome {
        tracing::warn!(
            letter.id = slip.letter.0,
            tries = slip.tries,
            why,
            "a letter to an agent did not arrive"
        );
    }
    let over = move |cx: &mut journal::Cx<'_, '_>| sending::end(cx, &run, &slip, &outcome);
    house.write(Caller::system(), over).await
}
