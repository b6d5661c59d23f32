//! Workers and sweeps: who does what was put down for later, and what its errors mean.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use base::{Kind, Result, Time};
use serde_json::Value;

use crate::cx::Cx;
use crate::job::Job;
use crate::store::jobs as rows;
use crate::workspace::Workspace;

/// One run of a job.
#[derive(Clone, Debug)]
pub struct JobRun {
    pub id: i64,
    /// 1 for the first run.
    pub attempt: i64,
    /// Grows with each claim; a worker that lost its lease is told so by [`JobRun::finish`].
    pub fence: i64,
    pub cause: Option<String>,
    pub depth: i64,
    pub(crate) finished: Arc<AtomicBool>,
}

impl JobRun {
    /// The first run of a job, which nothing caused.
    pub fn new(id: i64, fence: i64) -> JobRun {
        JobRun { id, attempt: 1, fence, cause: None, depth: 0, finished: Arc::default() }
    }

    /// Whether the job was removed with its effect already.
    pub(crate) fn is_finished(&self) -> bool {
        self.finished.load(Ordering::Relaxed)
    }

    /// Removes the job in the transaction that holds its effect, so that the effect happens once.
    /// A Conflict (`lease_lost`) when another worker has taken the job over meanwhile.
    pub fn finish(&self, cx: &mut Cx<'_, '_>) -> Result<()> {
        rows::delete_job(cx, self.id, self.fence)?;
        self.finished.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Makes the lease longer; a Conflict when it was lost.
    pub fn renew(&self, cx: &mut Cx<'_, '_>, seconds: i64) -> Result<()> {
        let until = cx.now().plus_seconds(seconds);
        rows::set_lease(cx, self.id, self.fence, until)
    }
}

type Working = Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// Does the jobs of one name.
pub struct Worker {
    pub name: &'static str,
    /// Longer than the work can take, protocol time-outs included.
    pub lease_seconds: i64,
    /// How often what passes is tried before the job is parked.
    pub most_attempts: i64,
    pub(crate) work: Box<dyn Fn(Arc<Workspace>, Value, JobRun) -> Working + Send + Sync>,
}

impl Worker {
    /// `work` answers Ok when the job is done; it may have finished it in its own transaction.
    pub fn new<J: Job, F>(work: fn(Arc<Workspace>, J, JobRun) -> F) -> Worker
    where
        F: Future<Output = Result<()>> + Send + 'static,
    {
        let work = move |house: Arc<Workspace>, args: Value, run: JobRun| -> Working {
            match serde_json::from_value::<J>(args) {
                Ok(slip) => Box::pin(work(house, slip, run)),
                Err(e) => Box::pin(async move { Err(base::error::invalid("job_args", e.to_string())) }),
            }
        };
        Worker { name: J::NAME, lease_seconds: 60, most_attempts: 30, work: Box::new(work) }
    }

    pub fn lease(self, seconds: i64) -> Worker {
        Worker { lease_seconds: seconds, ..self }
    }

    pub fn attempts(self, most: i64) -> Worker {
        Worker { most_attempts: most, ..self }
    }
}

/// Periodic work without input: idempotent, so that it may run at any time and on any node.
pub struct Sweep {
    pub name: &'static str,
    pub every_seconds: i64,
    pub(crate) punctual: bool,
    pub(crate) work: Sweeping,
}

type Sweeping = Box<dyn Fn(Arc<Workspace>) -> Working + Send + Sync>;

impl Sweep {
    pub fn new<F>(name: &'static str, every_seconds: i64, work: fn(Arc<Workspace>) -> F) -> Sweep
    where
        F: Future<Output = Result<()>> + Send + 'static,
    {
        let work: Sweeping = Box::new(move |house| Box::pin(work(house)));
        Sweep { name, every_seconds, punctual: false, work }
    }

    /// Opens a workspace that sleeps when its time comes; others wait until it is opened for something
    /// else, a day at most.
    pub fn punctual(self) -> Sweep {
        Sweep { punctual: true, ..self }
    }
}

/// What becomes of a job that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    RetryAt(Time),
    Park,
}

const INTERNAL_ATTEMPTS: i64 = 5;

/// Back-off doubles from two seconds up to an hour.
pub(crate) fn fate(kind: Kind, attempt: i64, most_attempts: i64, now: Time) -> Fate {
    let most = match kind {
        Kind::Unavailable | Kind::TooMany => most_attempts,
        Kind::Internal => INTERNAL_ATTEMPTS,
        _ => return Fate::Park,
    };
    if attempt >= most {
        return Fate::Park;
    }
    Fate::RetryAt(now.plus_seconds((1 << attempt.clamp(1, 11)).min(3600)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_an_error_alone_decides_the_fate_of_a_job() {
        let now = Time(0);
        assert_eq!(fate(Kind::Unavailable, 1, 30, now), Fate::RetryAt(Time(2_000)));
        assert_eq!(fate(Kind::Unavailable, 29, 30, now), Fate::RetryAt(Time(2_048_000)));
        assert_eq!(fate(Kind::Unavailable, 30, 30, now), Fate::Park);
        assert_eq!(fate(Kind::Internal, 5, 30, now), Fate::Park);
        assert_eq!(fate(Kind::Invalid, 1, 30, now), Fate::Park);
    }
}
