//! How a workspace fares: what was given up, who fell silent, whether the clocks agree.

use base::{Result, Time};

use crate::lease::{self, LEASE_MILLIS};
use crate::store::{jobs, nodes, reactions};
use crate::workspace::Workspace;

/// Nobody needs to know more exactly how many there are.
pub const MOST_COUNTED: i64 = 1_000;
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// Figures for whoever looks after an installation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Jobs that nobody could do.
    pub parked_jobs: i64,
    /// Events that a reaction gave up.
    pub parked_reactions: i64,
    /// Nodes that fell silent without a goodbye in the last day.
    pub silent_nodes: i64,
    /// Milliseconds by which our clock is ahead of the database's; absent where they are one.
    pub skew: Option<i64>,
    /// The slowest reaction, and how many events it has still to hear.
    pub slowest: Option<(String, i64)>,
}

impl Workspace {
    pub async fn health(&self) -> Result<Health> {
        let now = self.clock.now();
        let counted = self.db.read(move |tx| {
            // A SQLite file has one holder, and that is us.
            let lite = tx.is_lite();
            let now = nodes::database_time(tx)?.unwrap_or(now);
            let (after, before) = (Time(now.0 - DAY_MILLIS), Time(now.0 - LEASE_MILLIS));
            Ok(Health {
                parked_jobs: jobs::count_parked(tx, MOST_COUNTED)?,
                parked_reactions: reactions::count_parked(tx, MOST_COUNTED)?,
                silent_nodes: if lite { 0 } else { nodes::count_silent(tx, after, before)? },
                ..Health::default()
            })
        });
        let counted = counted.await?;
        let slowest = self.lag().await?.into_iter().max_by_key(|(_, lag)| *lag);
        let slowest = slowest.map(|(name, lag)| (name.to_owned(), lag));
        Ok(Health { skew: lease::skew(&self.db, &self.clock).await?, slowest, ..counted })
    }
}
