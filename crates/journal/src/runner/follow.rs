//! Following the journal: its order, and every reaction's hearing.

use std::sync::Arc;

use base::{Kind, Result};

use crate::caller::Caller;
use crate::cx::Cx;
use crate::event::Event;
use crate::reaction::Reaction;
use crate::store::{events, reactions as rows};
use crate::workspace::Workspace;

use super::pace::{LOOK_EVERY, Pace};
use super::retry::retry_failures;

const EVENTS_PER_BATCH: i64 = 100;

pub(super) async fn follow(house: Arc<Workspace>) {
    let mut bell = house.db.bell().listen();
    let mut pace = Pace::new();
    loop {
        pace.keep().await;
        bell.borrow_and_update();
        if let Err(e) = hear_all(&house).await {
            tracing::warn!(error = ?e, workspace = house.name, "the journal could not be followed");
        }
        let _ = tokio::time::timeout(LOOK_EVERY, bell.changed()).await;
    }
}

/// One round: what was committed gets its order, then every reaction hears what is new to it.
pub(super) async fn hear_all(house: &Arc<Workspace>) -> Result<()> {
    while sequence(house).await? {}
    let lag = house.lag().await?;
    for reaction in &house.registry().reactions {
        let behind = lag.iter().any(|(name, lag)| *name == reaction.name && *lag > 0);
        while behind && hear_batch(house, *reaction).await? {}
        retry_failures(house, *reaction).await?;
    }
    Ok(())
}

async fn sequence(house: &Workspace) -> Result<bool> {
    let waiting = house.db.read(events::has_unsequenced);
    if !waiting.await? {
        return Ok(false);
    }
    house
        .db
        .write(|tx| {
            let placed = events::set_sequence(tx)?;
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
            let events = events::list_events(cx, cursor, EVENTS_PER_BATCH)?;
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

impl Workspace {
    /// How many events each reaction has still to hear.
    pub async fn lag(&self) -> Result<Vec<(&'static str, i64)>> {
        let names: Vec<&'static str> = self.registry().reactions.iter().map(|r| r.name).collect();
        self.db
            .read(move |tx| {
                let last = events::last_seq(tx)?;
                names.iter().map(|n| Ok((*n, last - rows::find_cursor(tx, n)?.unwrap_or(last)))).collect()
            })
            .await
    }
}
