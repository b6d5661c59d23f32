//! What runs behind the requests: the journal's order, reactions, jobs and sweeps of one workspace.
//!
//! Any node may run it for any workspace: rows are claimed, never assumed.

mod follow;
mod pace;
mod prepare;
mod retry;
mod sleep;
mod work;

use std::sync::Arc;

use base::Result;
use tokio::task::JoinSet;

use crate::job::Lane;
use crate::workspace::Workspace;
use follow::{follow, hear_all};
use prepare::prepare;
use work::{Busy, claim, free_leases, run_job, work};

/// Jobs under way at once. A lane that waits for others takes no slot of those that don't.
fn most(lane: Lane) -> usize {
    match lane {
        Lane::Quick | Lane::Intake => 16,
        Lane::Slow => 32,
    }
}

/// Runs until it is dropped; jobs under way are given up, their leases end by themselves.
pub struct Runner {
    tasks: JoinSet<()>,
    busy: Busy,
}

impl Runner {
    pub async fn start(house: Arc<Workspace>) -> Result<Runner> {
        prepare(&house).await?;
        let mut tasks = JoinSet::new();
        tasks.spawn(follow(house.clone()));
        tasks.spawn(free_leases(house.clone()));
        let busy = Busy::default();
        for lane in Lane::ALL {
            tasks.spawn(work(house.clone(), *lane, most(*lane), busy.clone()));
        }
        Ok(Runner { tasks, busy })
    }

    /// Whether a job is under way.
    pub fn is_busy(&self) -> bool {
        self.busy.is_busy()
    }

    /// Ends what runs; when this answers nothing of it is left.
    pub async fn stop(mut self) {
        self.tasks.shutdown().await;
    }

    /// For tests: hears all events and does all due jobs, again and again until nothing is left.
    pub async fn settle(house: &Arc<Workspace>) -> Result<()> {
        prepare(house).await?;
        for _ in 0..1_000 {
            hear_all(house).await?;
            let mut done = 0;
            for lane in Lane::ALL {
                for claimed in claim(house, *lane, 16).await?.jobs {
                    run_job(house.clone(), claimed).await;
                    done += 1;
                }
            }
            if done == 0 {
                return Ok(());
            }
        }
        Err(base::error::internal("the house does not come to rest"))
    }
}
