//! Deliveries: the only place from which messages leave the house.

use std::sync::Arc;

use base::{Result, Time};
use journal::{Caller, JobRun, Worker, Workspace, settings};

use crate::actions::move_on::{Begun, begin, end};
use crate::actions::release::release;
use crate::channel::{Outcome, channels};
use crate::jobs::{Deliver, Release};
use crate::settings::Rules;
use crate::store::message::get_channel;

/// RFC 5321 section 4.5.3.2 lets a server take ten minutes for the final answer, after all that comes
/// before it.
const DELIVERY_LEASE_SECONDS: i64 = 1_200;
/// Of a channel that is switched off: with the back-off of jobs these are about four days.
const DELIVERY_ATTEMPTS: i64 = 100;

pub fn workers() -> Vec<Worker> {
    vec![
        Worker::new::<Release, _>(let_go),
        Worker::new::<Deliver, _>(deliver).lease(DELIVERY_LEASE_SECONDS).attempts(DELIVERY_ATTEMPTS),
    ]
}

async fn let_go(house: Arc<Workspace>, slip: Release, run: JobRun) -> Result<()> {
    house
        .write_caused(Caller::system(), run.cause.clone(), run.depth, move |cx| {
            release(cx, slip.message)?;
            run.finish(cx)
        })
        .await
}

/// Tried for as long as the workspace wants.
async fn is_over(house: &Workspace, since: Option<Time>) -> Result<bool> {
    let rules: Rules = house.read(Caller::system(), settings::get).await?;
    let now = house.clock.now();
    Ok(since.is_some_and(|since| since.plus_seconds(rules.give_up_after_hours * 3_600) <= now))
}

async fn deliver(house: Arc<Workspace>, slip: Deliver, run: JobRun) -> Result<()> {
    let id = slip.message;
    // Looked up first: while a channel is switched off, its messages wait untouched.
    let channel = house.read(Caller::system(), move |cx| get_channel(cx, id)).await?;
    let channel = channels(&house.registry()).get(&channel)?;
    let starting = run.clone();
    let begun = house
        .write_caused(Caller::system(), run.cause.clone(), run.depth, move |cx| begin(cx, &starting, id))
        .await?;
    let Begun::Deliver(letter) = begun else { return Ok(()) };
    let outcome = channel.deliver(house.clone(), *letter).await;
    if let Outcome::Unclear(why) | Outcome::Refused(why) | Outcome::Postponed(why) = &outcome {
        tracing::warn!(message.id = id.0, attempt = run.attempt, why, "a message was not delivered");
    }
    let last = is_over(&house, slip.since).await?;
    let (outcome, ending) = (Arc::new(outcome), run.clone());
    house
        .write_caused(Caller::system(), run.cause.clone(), run.depth, move |cx| {
            end(cx, &ending, &slip, &outcome, last)
        })
        .await
}
