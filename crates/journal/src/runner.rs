//! What runs behind the requests: the journal's order, reactions, jobs and sweeps of one workspace.
//!
//! Any node may run it for any workspace: rows are claimed, never assumed.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use base::{Kind, Result, Time};
use futures_util::FutureExt;
use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinSet;

use crate::caller::Caller;
use crate::cx::Cx;
use crate::event::Event;
use crate::job::{self, Fate, JobRun, Lane, NewJob};
use crate::reaction::{Reaction, Start};
use crate::store as rows;
use crate::workspace::Workspace;

/// However the bell fares, everybody looks this often.
const LOOK_EVERY: Duration = Duration::from_secs(1);
const EVENTS_PER_BATCH: i64 = 100;
/// Jobs under way at once, by lane.
const QUICK_JOBS: usize = 16;
const SLOW_JOBS: usize = 32;

/// Runs until it is dropped; jobs under way are given up, their leases end by themselves.
pub struct Runner {
    _tasks: JoinSet<()>,
}

impl Runner {
    pub async fn start(house: Arc<Workspace>) -> Result<Runner> {
        prepare(&house).await?;
        let mut tasks = JoinSet::new();
        tasks.spawn(follow(house.clone()));
        tasks.spawn(free_leases(house.clone()));
        tasks.spawn(work(house.clone(), Lane::Quick, QUICK_JOBS));
        tasks.spawn(work(house, Lane::Slow, SLOW_JOBS));
        Ok(Runner { _tasks: tasks })
    }

    /// For tests: hears all events and does all due jobs, again and again until nothing is left.
    pub async fn settle(house: &Arc<Workspace>) -> Result<()> {
        prepare(house).await?;
        for _ in 0..1_000 {
            hear_all(house).await?;
            let mut done = 0;
            for lane in [Lane::Quick, Lane::Slow] {
                for claimed in claim(house, lane, 16).await? {
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

/// New reactions get their cursor, sweeps their job.
async fn prepare(house: &Arc<Workspace>) -> Result<()> {
    let registry = house.registry.clone();
    house
        .write(Caller::system(), move |cx| {
            let last = rows::last_seq(cx)?;
            for reaction in &registry.reactions {
                let seq = if reaction.start == Start::FromNow { last } else { 0 };
                rows::insert_cursor(cx, reaction.name, seq)?;
            }
            for sweep in &registry.sweeps {
                let (args, key) = (serde_json::json!({}), Some(sweep.name.to_owned()));
                let run_at = cx.now();
                rows::insert_job(cx, &NewJob { name: sweep.name, lane: Lane::Quick, args, key, run_at })?;
            }
            Ok(())
        })
        .await
}

// ---- reactions

async fn follow(house: Arc<Workspace>) {
    let mut bell = house.db.bell().listen();
    loop {
        bell.borrow_and_update();
        if let Err(e) = hear_all(&house).await {
            tracing::warn!(error = ?e, workspace = house.name, "the journal could not be followed");
        }
        let _ = tokio::time::timeout(LOOK_EVERY, bell.changed()).await;
    }
}

/// One round: what was committed gets its order, then every reaction hears what is new to it.
async fn hear_all(house: &Arc<Workspace>) -> Result<()> {
    while house.db.engine() == ::store::Engine::Postgres && sequence(house).await? {}
    let lag = house.lag().await?;
    for reaction in &house.registry.reactions {
        let behind = lag.iter().any(|(name, lag)| *name == reaction.name && *lag > 0);
        while behind && hear_batch(house, *reaction).await? {}
        retry_failures(house, *reaction).await?;
    }
    Ok(())
}

async fn sequence(house: &Workspace) -> Result<bool> {
    let waiting = house.db.read(rows::has_unsequenced);
    if !waiting.await? {
        return Ok(false);
    }
    house
        .db
        .write(|tx| {
            let placed = rows::set_sequence(tx)?;
            if placed {
                tx.ring();
            }
            Ok(placed)
        })
        .await
}

/// Answers whether there may be more.
async fn hear_batch(house: &Arc<Workspace>, reaction: Reaction) -> Result<bool> {
    let all = house
        .write(Caller::reaction(reaction.name), move |cx| {
            let Some(cursor) = rows::claim_cursor(cx, reaction.name)? else { return Ok(0) };
            let events = rows::list_events(cx, cursor, EVENTS_PER_BATCH)?;
            for event in &events {
                react_in(cx, &reaction, event)?;
            }
            if let Some(last) = events.last() {
                rows::set_cursor(cx, reaction.name, last.seq)?;
            }
            Ok(events.len() as i64)
        })
        .await;
    match all {
        Ok(heard) => Ok(heard == EVENTS_PER_BATCH),
        Err(e) if e.kind == Kind::Unavailable => Err(e),
        Err(_) => hear_one_by_one(house, reaction).await,
    }
}

fn react_in(cx: &mut Cx<'_, '_>, reaction: &Reaction, event: &Event) -> Result<()> {
    if !reaction.hears.contains(&event.name.as_str()) {
        return Ok(());
    }
    if reaction.ordered && rows::is_held_back(cx, reaction.name, event.subject_id)? {
        let now = cx.now();
        return rows::insert_failure(cx, reaction.name, event, now, "waits for an earlier event");
    }
    (reaction.react)(&mut cx.after(event), event)
}

/// After a batch failed: each event in a transaction of its own, so that the others go on.
async fn hear_one_by_one(house: &Arc<Workspace>, reaction: Reaction) -> Result<bool> {
    let cursor = house.db.read(move |tx| rows::find_cursor(tx, reaction.name)).await?.unwrap_or(0);
    let events = house.events_after(cursor, EVENTS_PER_BATCH).await?;
    let more = events.len() as i64 == EVENTS_PER_BATCH;
    for event in events {
        hear_one(house, reaction, event).await?;
    }
    Ok(more)
}

async fn hear_one(house: &Arc<Workspace>, reaction: Reaction, event: Event) -> Result<()> {
    let heard = event.clone();
    let tried = house
        .write(Caller::reaction(reaction.name), move |cx| {
            if claim_next(cx, &reaction, &heard)? {
                react_in(cx, &reaction, &heard)?;
                rows::set_cursor(cx, reaction.name, heard.seq)?;
            }
            Ok(())
        })
        .await;
    let Err(error) = tried else { return Ok(()) };
    log_failure(&reaction, &event, &error);
    let refusal = is_refusal(error.kind);
    house
        .write(Caller::reaction(reaction.name), move |cx| {
            if claim_next(cx, &reaction, &event)? {
                if !refusal {
                    let retry = cx.now().plus_seconds(2);
                    rows::insert_failure(cx, reaction.name, &event, retry, &error.to_string())?;
                }
                rows::set_cursor(cx, reaction.name, event.seq)?;
            }
            Ok(())
        })
        .await
}

/// Whether this event is still the next one: another node may have gone on meanwhile.
fn claim_next(cx: &mut Cx<'_, '_>, reaction: &Reaction, event: &Event) -> Result<bool> {
    Ok(rows::claim_cursor(cx, reaction.name)?.is_some_and(|cursor| cursor < event.seq))
}

fn is_refusal(kind: Kind) -> bool {
    !matches!(kind, Kind::Internal | Kind::Unavailable | Kind::TooMany)
}

fn log_failure(reaction: &Reaction, event: &Event, error: &base::Error) {
    if is_refusal(error.kind) {
        tracing::info!(reaction = reaction.name, event.id = event.id, code = error.code, "skipped");
    } else {
        tracing::warn!(reaction = reaction.name, event.id = event.id, error = ?error, "a reaction failed");
    }
}

async fn retry_failures(house: &Arc<Workspace>, reaction: Reaction) -> Result<()> {
    let now = house.clock.now();
    let due = house.db.read(move |tx| rows::list_due_failures(tx, reaction.name, now)).await?;
    for failure in due {
        let tried = house
            .write(Caller::reaction(reaction.name), move |cx| {
                // Deleting first claims it: a second node finds nothing.
                if !rows::delete_failure(cx, reaction.name, failure.event_id)? {
                    return Ok(());
                }
                match rows::find_event(cx, failure.event_id)? {
                    Some(event) => (reaction.react)(&mut cx.after(&event), &event),
                    None => Ok(()),
                }
            })
            .await;
        let Err(error) = tried else { continue };
        let retry = match job::fate(error.kind, failure.attempts, 30, now) {
            Fate::RetryAt(at) => Some(at),
            Fate::Park => None,
        };
        let text = error.to_string();
        house
            .db
            .write(move |tx| rows::set_failure(tx, reaction.name, failure.event_id, retry, &text))
            .await?;
    }
    Ok(())
}

// ---- jobs

async fn work(house: Arc<Workspace>, lane: Lane, most: usize) {
    let mut bell = house.db.bell().listen();
    let (slots, freed) = (Arc::new(Semaphore::new(most)), Arc::new(Notify::new()));
    let mut running = JoinSet::new();
    loop {
        bell.borrow_and_update();
        while running.try_join_next().is_some() {}
        match claim(&house, lane, slots.available_permits().min(32)).await {
            Ok(jobs) => {
                for claimed in jobs {
                    let (house, slots, freed) = (house.clone(), slots.clone(), freed.clone());
                    running.spawn(async move {
                        let _slot = slots.acquire().await;
                        run_job(house, claimed).await;
                        freed.notify_one();
                    });
                }
            }
            Err(e) => tracing::warn!(error = ?e, workspace = house.name, "jobs could not be claimed"),
        }
        let pause = until_next(&house, lane).await;
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = bell.changed() => {}
            () = freed.notified() => {}
        }
    }
}

/// Takes over what died processes left behind, soon after their node lease has ended.
async fn free_leases(house: Arc<Workspace>) {
    loop {
        let freed = free_once(&house).await;
        if let Err(e) = freed {
            tracing::warn!(error = ?e, workspace = house.name, "leases could not be looked through");
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
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
            let now = rows::database_time(tx)?.unwrap_or(own);
            let alive_since = now.plus_millis(-crate::lease::LEASE_MILLIS);
            if rows::free_jobs(tx, own, alive_since)? > 0 {
                tx.ring();
            }
            Ok(())
        })
        .await
}

async fn until_next(house: &Workspace, lane: Lane) -> Duration {
    let next = house.db.read(move |tx| rows::next_due(tx, lane.as_str())).await;
    match next {
        Ok(Some(at)) => {
            let millis = u64::try_from(at.0 - house.clock.now().0).unwrap_or(0);
            Duration::from_millis(millis).clamp(Duration::from_millis(5), LOOK_EVERY)
        }
        _ => LOOK_EVERY,
    }
}

async fn claim(house: &Workspace, lane: Lane, most: usize) -> Result<Vec<rows::Claimed>> {
    let now = house.clock.now();
    let due = house.db.read(move |tx| rows::next_due(tx, lane.as_str())).await?;
    if most == 0 || due.is_none_or(|at| at > now) {
        return Ok(Vec::new());
    }
    // A first, short lease; the worker's own follows before it begins.
    let until = now.plus_seconds(60);
    let holder = house.holder.clone();
    let claim =
        move |tx: &mut ::store::Tx<'_>| rows::claim_jobs(tx, lane.as_str(), now, until, most as i64, &holder);
    house.db.write(claim).await
}

async fn run_job(house: Arc<Workspace>, claimed: rows::Claimed) {
    let rows::Claimed { id, name, args, attempts, fence, cause, depth } = claimed;
    let run = JobRun { id, attempt: attempts, fence, cause, depth };
    let registry = house.registry.clone();
    if let Some(sweep) = registry.sweeps.iter().find(|s| s.name == name) {
        let result = guarded((sweep.work)(house.clone())).await;
        let next = house.clock.now().plus_seconds(sweep.every_seconds);
        return after_sweep(&house, &run, &name, next, result).await;
    }
    let Some(worker) = registry.workers.get(name.as_str()) else {
        let error = base::error::invalid("unknown_job", format!("Nobody here does {name}."));
        return after_job(&house, &run, &name, 0, Err(error)).await;
    };
    if worker.lease_seconds > 60 {
        let until = house.clock.now().plus_seconds(worker.lease_seconds);
        if house.db.write(move |tx| rows::set_lease(tx, id, fence, until)).await.is_err() {
            return;
        }
    }
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
        Ok(()) => {
            // The worker may have finished it already, together with its effect.
            let _ = house.db.write(move |tx| rows::delete_job(tx, id, fence)).await;
            Ok(())
        }
        Err(e) if e.code == "lease_lost" => Ok(()),
        Err(e) => {
            tracing::warn!(job = name, job.id = id, attempt = run.attempt, error = ?e, "a job failed");
            let text = e.to_string();
            match job::fate(e.kind, run.attempt, most, now) {
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

/// Forgets idempotency keys after a week.
pub fn forget_keys() -> crate::job::Sweep {
    const KEPT_SECONDS: i64 = 7 * 24 * 3600;
    crate::job::Sweep::new("journal.forget_keys", 3600, |house| async move {
        let before = house.clock.now().plus_seconds(-KEPT_SECONDS);
        while house.db.write(move |tx| rows::delete_old_keys(tx, before)).await? > 0 {}
        Ok(())
    })
}
