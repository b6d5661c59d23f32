//! Jobs: work that was written down in a transaction and is done after it.
//!
//! A worker holds a lease; each claim raises the job's fence, and whoever finishes with an older fence
//! is refused. What a job's error means is decided by its kind alone: what passes is retried for
//! days, an internal error a few times, a refusal parks the job at once.

use base::Time;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

base::words! {
    /// Lanes have workers of their own, so that slow work never delays quick work.
    pub enum Lane {
        Quick = "quick",
        /// What came in from outside and is looked at before anybody sees it, where servers of others may be asked.
        Intake = "intake",
        /// Work that waits for somebody else's server.
        Slow = "slow",
    }
}

/// The slip on which later work is written.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// `capability.verb`.
    const NAME: &'static str;
    const LANE: Lane = Lane::Quick;

    /// A job with the same key that still waits makes this one unnecessary.
    fn key(&self) -> Option<String> {
        None
    }
}

pub(crate) struct NewJob {
    pub name: &'static str,
    pub lane: Lane,
    pub args: Value,
    pub key: Option<String>,
    pub run_at: Time,
}
