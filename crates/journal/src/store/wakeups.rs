//! When each workspace has to be opened: what the directory knows of those that sleep.
//!
//! A node that has a workspace open stands there with no time at all, so that a workspace whose node
//! died is opened by another. At its closing the time of the next job is put down instead.

use ::store::{Tx, p};
use base::{Result, Time};

use super::directory::{Directory, Place};

/// A node that was not seen for so long is gone; its number among the nodes ends as soon.
const GONE_MILLIS: i64 = 10_000;

impl Directory {
    /// Tells the other nodes that this one lives. To be said every few seconds.
    pub async fn node_lives(&self, node: &str, now: Time) -> Result<()> {
        let node = node.to_owned();
        let say = move |tx: &mut Tx<'_>| {
            tx.exec(
                "INSERT INTO directory_nodes (node, seen_at) VALUES ($1, $2)
                 ON CONFLICT (node) DO UPDATE SET seen_at = excluded.seen_at",
                p![node, now],
            )
            .map(drop)
        };
        self.db().write(say).await
    }

    /// The workspaces that should be open at this node: those whose time has come, those that a node which
    /// is gone had open, and those that this node says it has open.
    pub async fn due(&self, node: &str, now: Time, most: i64) -> Result<Vec<Place>> {
        let (node, alive) = (node.to_owned(), now.plus_millis(-GONE_MILLIS));
        let look = move |tx: &mut Tx<'_>| {
            tx.all(
                "SELECT name, url FROM workspaces WHERE name IN
                     (SELECT workspace FROM wakeups WHERE wake_at <= $1
                      UNION SELECT workspace FROM wakeups WHERE wake_at IS NULL AND (node = $2
                          OR node NOT IN (SELECT node FROM directory_nodes WHERE seen_at > $3)))
                 ORDER BY name LIMIT $4",
                p![now, node, alive, most],
            )
        };
        self.db().read(look).await
    }

    /// This node opens a workspace: what others had put down for it is done with, except that they have
    /// it open as well.
    pub async fn awake(&self, workspace: &str, node: &str, now: Time) -> Result<()> {
        let (workspace, node, alive) = (workspace.to_owned(), node.to_owned(), now.plus_millis(-GONE_MILLIS));
        let claim = move |tx: &mut Tx<'_>| {
            tx.exec(
                "DELETE FROM wakeups WHERE workspace = $1 AND node <> $2 AND (wake_at IS NOT NULL
                     OR node NOT IN (SELECT node FROM directory_nodes WHERE seen_at > $3))",
                p![workspace, node, alive],
            )?;
            set(tx, &workspace, &node, None)
        };
        self.db().write(claim).await
    }

    /// This node has closed a workspace, which has to be opened again at `wake_at`, by whomever.
    pub async fn asleep(&self, workspace: &str, node: &str, wake_at: Time) -> Result<()> {
        let (workspace, node) = (workspace.to_owned(), node.to_owned());
        self.db().write(move |tx| set(tx, &workspace, &node, Some(wake_at))).await
    }

    /// There is something to do in a workspace that may be closed everywhere.
    pub async fn wake(&self, workspace: &str, now: Time) -> Result<()> {
        // No node bears this name: whoever opens the workspace takes the line away.
        self.asleep(workspace, "", now).await
    }
}

fn set(tx: &mut Tx<'_>, workspace: &str, node: &str, wake_at: Option<Time>) -> Result<()> {
    tx.exec(
        "INSERT INTO wakeups (workspace, node, wake_at) VALUES ($1, $2, $3)
         ON CONFLICT (workspace, node) DO UPDATE SET wake_at = excluded.wake_at",
        p![workspace, node, wake_at],
    )
    .map(drop)
}
