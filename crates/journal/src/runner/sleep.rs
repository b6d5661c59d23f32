//! When a workspace that is closed has to be opened again.

use base::{Result, Time};
use serde_json::json;

use crate::job::Lane;
use crate::store::{events, jobs, reactions};
use crate::workspace::Workspace;

/// Sweeps that are not punctual wait so long.
const LONGEST_SLEEP_SECONDS: i64 = 24 * 3600;

impl Workspace {
    /// The time of the next job; now, when there are events that were not heard yet.
    pub async fn next_wake(&self) -> Result<Time> {
        let (registry, now) = (self.registry(), self.clock.now());
        self.db
            .read(move |tx| {
                let last = events::last_seq(tx)?;
                let mut next = now.plus_seconds(LONGEST_SLEEP_SECONDS);
                if !tx.is_lite() && events::has_unsequenced(tx)? {
                    next = now;
                }
                for reaction in &registry.reactions {
                    if reactions::find_cursor(tx, reaction.name)?.is_some_and(|cursor| cursor < last) {
                        next = now;
                    }
                    next = reactions::next_failure(tx, reaction.name)?.unwrap_or(next).min(next);
                }
                let patient = registry.sweeps.iter().filter(|sweep| !sweep.punctual);
                let patient = json!(patient.map(|sweep| sweep.name).collect::<Vec<_>>());
                for lane in Lane::ALL {
                    next = jobs::next_due_but(tx, lane.as_str(), &patient)?.unwrap_or(next).min(next);
                }
                Ok(next)
            })
            .await
    }
}
