//! Reads stored mail into conversations.

use std::sync::Arc;

use base::Result;
use journal::{Caller, JobRun, Worker, Workspace};

use crate::jobs::ReadMail;
use crate::unfolding::{prepare, take};

/// Parsing is bounded, but a machine under load may be slow.
const LEASE_SECONDS: i64 = 180;

pub fn workers() -> Vec<Worker> {
    vec![Worker::new::<ReadMail, _>(read_mail).lease(LEASE_SECONDS)]
}

async fn read_mail(house: Arc<Workspace>, slip: ReadMail, run: JobRun) -> Result<()> {
    let unfolded = prepare(&house, &slip).await?;
    house
        .write_caused(Caller::system(), run.cause.clone(), run.depth, move |cx| {
            take(cx, &unfolded)?;
            run.finish(cx)
        })
        .await
}
