//! Events that a reaction failed at, tried again.

use std::sync::Arc;

use base::Result;

use crate::caller::Caller;
use crate::reaction::Reaction;
use crate::store::{events, reactions as rows};
use crate::worker::{Fate, fate};
use crate::workspace::Workspace;

pub(super) async fn retry_failures(house: &Arc<Workspace>, reaction: Reaction) -> Result<()> {
    let now = house.clock.now();
    let due = house.db.read(move |tx| rows::list_due_failures(tx, reaction.name, now)).await?;
    for failure in due {
        let tried = house
            .write(Caller::reaction(reaction.name), move |cx| {
                // Deleting first claims it: a second node finds nothing.
                if !rows::delete_failure(cx, reaction.name, failure.event_id)? {
                    return Ok(());
                }
                match events::find_event(cx, failure.event_id)? {
                    Some(event) => (reaction.react)(&mut cx.after(&event), &event),
                    None => Ok(()),
                }
            })
            .await;
        let Err(error) = tried else { continue };
        let retry = match fate(error.kind, failure.attempts, 30, now) {
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
