//! Node numbers: which of the 64 numbers this process makes its ids with.
//!
//! A number is leased with the greatest id that its holder may have made, so that the next holder
//! starts above it whatever its clock says.

use std::time::Duration;

use ::store::Db;
use base::error::unavailable;
use base::id::MAX_NODE;
use base::{Clock, Result};

use crate::store::nodes as rows;

/// Three renewals may fail; with the second between two looks, a dead node's work moves within fifteen seconds.
pub(crate) const LEASE_MILLIS: i64 = 10_000;
const RENEW_EVERY: Duration = Duration::from_secs(3);
/// The ids that a holder may make before its next renewal: a minute of ticks.
const AHEAD: i64 = (60_000_000 / 32) << 6;
/// A clock that differs more from the database's makes a node not ready.
pub const MOST_SKEW_MILLIS: i64 = 1_000;

/// A number that is ours while we renew it.
#[derive(Clone)]
pub struct NodeLease {
    pub node: i64,
    /// The first id has to be above this.
    pub after: i64,
    /// How many other processes hold a number just now.
    pub others: usize,
    /// Names this process among the nodes; it also stands on the jobs that it takes.
    pub holder: String,
}

impl NodeLease {
    /// Takes a free number, on SQLite as well: a file that moves to a server keeps its ids in order.
    ///
    /// `place` names the data directory. The caller holds its lock, so whoever held a number from there
    /// is gone, and what it left behind is taken over at once.
    pub async fn take(db: &Db, clock: &Clock, place: &str) -> Result<NodeLease> {
        let before = format!("{place}/");
        let (now, holder) = (clock.now(), format!("{before}{}", base::secrets::new_token()));
        let mine = holder.clone();
        let taken = db
            .write(move |tx| {
                let now = rows::database_time(tx)?.unwrap_or(now);
                let lite = tx.is_lite();
                let nodes = rows::list_nodes(tx)?;
                // A SQLite file has one holder at a time: the lock on the data directory says so.
                let gone = |n: &rows::Node| {
                    lite || n.holder.starts_with(&before) || n.seen_at.0 + LEASE_MILLIS < now.0
                };
                let others = nodes.iter().filter(|n| !gone(n)).count();
                // Our own one first: the jobs of its last holder are free as soon as it is ours.
                let ours = nodes.iter().find(|n| n.holder.starts_with(&before));
                let free = ours.or_else(|| nodes.iter().find(|n| gone(n)));
                if let Some(n) = free {
                    let high = n.high_id.max(base::id::id_at(now.0)) + AHEAD;
                    rows::set_node(tx, n.node, &n.holder, &mine, high, now)?;
                    return Ok(Some((n.node, n.high_id, others)));
                }
                let Some(node) = (0..=MAX_NODE).find(|n| nodes.iter().all(|other| other.node != *n)) else {
                    return Ok(None);
                };
                rows::insert_node(tx, node, &mine, now)?;
                let high = base::id::id_at(now.0) + AHEAD;
                rows::set_node(tx, node, &mine, &mine, high, now)?;
                Ok(Some((node, 0, others)))
            })
            .await;
        let (node, after, others) = taken?.ok_or_else(|| {
            unavailable("no_node_number", "64 nodes use this database already. Stop one first.")
        })?;
        Ok(NodeLease { node, after, others, holder })
    }

    /// Gives the number back at once, when a single command is done.
    pub async fn release(self, db: &Db) -> Result<()> {
        let (node, holder) = (self.node, self.holder);
        db.write(move |tx| rows::set_node(tx, node, &holder, &holder, 0, base::Time(0))).await.map(drop)
    }

    /// Gives the number back when no more ids are made with it: the next holder goes on right after
    /// `last`, not after all that might have been made.
    pub async fn end(self, db: &Db, last: i64) -> Result<()> {
        let (node, holder) = (self.node, self.holder);
        db.write(move |tx| rows::set_ended(tx, node, &holder, last)).await
    }

    /// Renews for ever; ends when the number was lost, and then the process must not make ids.
    pub async fn keep(self, db: Db, clock: Clock) {
        loop {
            tokio::time::sleep(RENEW_EVERY).await;
            let (node, holder, now) = (self.node, self.holder.clone(), clock.now());
            let kept = db
                .write(move |tx| {
                    let now = rows::database_time(tx)?.unwrap_or(now);
                    let high = base::id::id_at(now.0) + AHEAD;
                    rows::set_node(tx, node, &holder, &holder, high, now)
                })
                .await;
            match kept {
                Ok(true) => {}
                Ok(false) => {
                    tracing::error!(node, "the node number was taken over by another process");
                    return;
                }
                Err(e) => tracing::warn!(error = ?e, "the node number could not be renewed"),
            }
        }
    }
}

/// Milliseconds by which this clock is ahead of the database's; `None` where they are one.
pub async fn skew(db: &Db, clock: &Clock) -> Result<Option<i64>> {
    let theirs = db.read(rows::database_time).await?;
    Ok(theirs.map(|t| clock.now().0 - t.0))
}
