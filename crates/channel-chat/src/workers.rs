//! Work that was put down for later: chats that wait, answers that stay unread, mails.

use std::sync::Arc;

use base::Result;
use conversations::channel::{Outcome, channels};
use journal::{Caller, JobRun, Worker, Workspace};

use crate::actions::hands::time_is_up;
use crate::actions::mail::{self, ATTEMPTS};
use crate::jobs::{LookUnread, SendMailing, Watch};

/// As deliveries of mail: a server may take long for its final answer.
const SENDING_LEASE_SECONDS: i64 = 1_200;

pub fn workers() -> Vec<Worker> {
    vec![
        Worker::new::<Watch, _>(watch),
        Worker::new::<LookUnread, _>(look_unread),
        Worker::new::<SendMailing, _>(send).lease(SENDING_LEASE_SECONDS).attempts(ATTEMPTS),
    ]
}

async fn watch(house: Arc<Workspace>, slip: Watch, run: JobRun) -> Result<()> {
    // A chain of looks is no chain of causes: each follows from the time alone.
    house
        .write(Caller::system(), move |cx| {
            run.finish(cx)?;
            time_is_up(cx, slip.chat, slip.turn)
        })
        .await
}

async fn look_unread(house: Arc<Workspace>, slip: LookUnread, run: JobRun) -> Result<()> {
    house.write(Caller::system(), move |cx| mail::look(cx, &run, slip.visitor)).await
}

async fn send(house: Arc<Workspace>, slip: SendMailing, run: JobRun) -> Result<()> {
    let id = slip.mailing;
    let channel = channels(&house.registry()).get("email")?;
    let starting = run.clone();
    let begun = house.write(Caller::system(), move |cx| mail::begin(cx, &starting, id)).await?;
    let Some(letter) = begun else { return Ok(()) };
    let outcome = channel.deliver(house.clone(), *letter).await;
    if let Outcome::Unclear(why) | Outcome::Refused(why) | Outcome::Postponed(why) = &outcome {
        tracing::warn!(mailing.id = id.0, attempt = run.attempt, why, "a chat could not be mailed");
    }
    let last = run.attempt >= ATTEMPTS;
    let outcome = Arc::new(outcome);
    let done = house.write(Caller::system(), move |cx| mail::end(cx, &run, id, &outcome, last)).await?;
    match done {
        true => Ok(()),
        false => {
            Err(base::error::unavailable("mailing_postponed", "The other server asks to try again later."))
        }
    }
}
