//! Doing the jobs: claimed by lane, run under a lease, ended by their error's kind.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use base::{Result, Time};
use futures_util::FutureExt;
use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinSet;

use super::pace::{LOOK_EVERY, Pace};
use crate::job::Lane;
use crate::store::{jobs as rows, nodes};
use crate::worker::{Fate, JobRun, fate};
use crate::workspace::Workspace;

const USUAL_LEASE_SECONDS: i64 = 60;

/// How many jobs are under way.
#[derive(Clone, Default)]
pub(super) struct Busy(Arc<()>);

impl Busy {
    /// Each job holds one more handle; the runner and its lanes hold the others.
    pub fn is_busy(&self) -> bool {
        Arc::strong_count(&self.0) > 1 + Lane::ALL.len()
    }
}

pub(super) async fn work(house: Arc<Workspace>, lane: Lane, most: usize, busy: Busy) {
    let mut bell = house.db.bell().listen();
    let (slots, freed) = (Arc::new(Semaphore::new(most)), Arc::new(Notify::new()));
    let (mut running, mut pace) = (JoinSet::new(), Pace::new());
    loop {
        pace.keep().await;
        bell.borrow_and_update();
        while running.try_join_next().is_some() {}
        let mut pause = LOOK_EVERY;
        match claim(&house, lane, slots.available_permits().min(32)).await {
            Ok(Claim { jobs, next }) => {
                pause = until(next, house.clock.now());
                for claimed in jobs {
                    let (house, freed, busy) = (house.clone(), freed.clone(), busy.clone());
                    // Taken here, so that no more are claimed than can begin at once: their leases run.
                    let slot = slots.clone().try_acquire_owned();
                    running.spawn(async move {
                        let (_slot, _busy) = (slot, busy);
                        run_job(house, claimed).await;
                        freed.notify_one();
                    });
                }
            }
            Err(e) => tracing::warn!(error = ?e, workspace = house.name, "jobs could not be claimed"),
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = bell.changed() => {}
            () = freed.notified() => {}
        }
    }
}

/// Takes over what died processes left behind, soon after their node lease has ended.
pub(super) async fn free_leases(house: Arc<Workspace>) {
    loop {
        let freed = free_once(&house).await;
        if let Err(e) = freed {
            tracing::warn!(error = ?e, workspace = house.name, "leases could not be looked through");
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

async fn free_once(house: &Workspace) -> Result<()> {
    let holder = house.holder.clone();
    if !house.db.read(move |tx| rows::has_held_by_others(tx, &holder)).await? {
        return Ok(());
    }
    let own = house.clock.now();
    house
        .db
        .write(move |tx| {
            let now = nodes::database_time(tx)?.unwrap_or(own);
            let alive_since = now.plus_millis(-crate::lease::LEASE_MILLIS);
            if rows::free_jobs(tx, own, alive_since)? > 0 {
                tx.ring();
            }
            Ok(())
        })
        .await
}

fn until(next: Option<Time>, now: Time) -> Duration {
    let Some(at) = next else { return LOOK_EVERY };
    let millis = u64::try_from(at.0 - now.0).unwrap_or(0);
    Duration::from_millis(millis).clamp(Duration::from_millis(5), LOOK_EVERY)
}

#[derive(Default)]
pub(super) struct Claim {
    pub jobs: Vec<rows::Claimed>,
    /// When the next job is due, of those that are left.
    next: Option<Time>,
}

pub(super) async fn claim(house: &Workspace, lane: Lane, most: usize) -> Result<Claim> {
    // With no slot free the job that ends next calls again.
    if most == 0 {
        return Ok(Claim::default());
    }
    let now = house.clock.now();
    let next = house.db.read(move |tx| rows::next_due(tx, lane.as_str())).await?;
    if next.is_none_or(|at| at > now) {
        return Ok(Claim { jobs: Vec::new(), next });
    }
    let (holder, registry) = (house.holder.clone(), house.registry());
    house
        .db
        .write(move |tx| {
            let until = now.plus_seconds(USUAL_LEASE_SECONDS);
            let jobs = rows::claim_jobs(tx, lane.as_str(), now, until, most as i64, &holder)?;
            for job in &jobs {
                let worker = registry.workers.get(job.name.as_str());
                if let Some(worker) = worker.filter(|worker| worker.lease_seconds > USUAL_LEASE_SECONDS) {
                    rows::set_lease(tx, job.id, job.fence, now.plus_seconds(worker.lease_seconds))?;
                }
            }
            Ok(Claim { jobs, next: rows::next_due(tx, lane.as_str())? })
        })
        .await
}

pub(super) async fn run_job(house: Arc<Workspace>, claimed: rows::Claimed) {
    let rows::Claimed { id, name, args, attempts, fence, cause, depth } = claimed;
    let run = JobRun { attempt: attempts, cause, depth, ..JobRun::new(id, fence) };
    let registry = house.registry();
    if let Some(sweep) = registry.sweeps.iter().find(|s| s.name == name) {
        let result = guarded((sweep.work)(house.clone())).await;
        let next = house.clock.now().plus_seconds(sweep.every_seconds);
        return after_sweep(&house, &run, &name, next, result).await;
    }
    let Some(worker) = registry.workers.get(name.as_str()) else {
        let error = base::error::invalid("unknown_job", format!("Nobody here does {name}."));
        return after_job(&house, &run, &name, 0, Err(error)).await;
    };
    let result = guarded((worker.work)(house.clone(), args, run.clone())).await;
    after_job(&house, &run, &name, worker.most_attempts, result).await;
}

async fn guarded(work: impl Future<Output = Result<()>>) -> Result<()> {
    match AssertUnwindSafe(work).catch_unwind().await {
        Ok(result) => result,
        Err(_) => Err(base::error::invalid("job_panicked", "The program failed while doing this.")),
    }
}

async fn after_job(house: &Workspace, run: &JobRun, name: &str, most: i64, result: Result<()>) {
    let (id, fence, now) = (run.id, run.fence, house.clock.now());
    let settled = match result {
        Ok(()) if run.is_finished() => Ok(()),
        Ok(()) => house.db.write(move |tx| rows::delete_if_held(tx, id, fence)).await,
        Err(e) if e.code == "lease_lost" => Ok(()),
        Err(e) => {
            tracing::warn!(job = name, job.id = id, attempt = run.attempt, error = ?e, "a job failed");
            let text = e.to_string();
            match fate(e.kind, run.attempt, most, now) {
                Fate::RetryAt(at) => {
                    house.db.write(move |tx| rows::set_retry(tx, id, fence, at, Some(&text))).await
                }
                Fate::Park => house.db.write(move |tx| rows::set_parked(tx, id, fence, &text)).await,
            }
        }
    };
    if let Err(e) = settled {
        tracing::warn!(job = name, job.id = id, error = ?e, "a job's end could not be stored; its lease ends");
    }
}

async fn after_sweep(house: &Workspace, run: &JobRun, name: &str, next: Time, result: Result<()>) {
    let (id, fence) = (run.id, run.fence);
    let text = result.err().map(|e| {
        tracing::warn!(sweep = name, error = ?e, "a sweep failed");
        e.to_string()
    });
    let stored = house.db.write(move |tx| rows::set_retry(tx, id, fence, next, text.as_deref())).await;
    if let Err(e) = stored {
        tracing::warn!(sweep = name, error = ?e, "a sweep's end could not be stored; its lease ends");
    }
}
