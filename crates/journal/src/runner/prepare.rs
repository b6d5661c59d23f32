//! What a workspace needs before anything runs in it.

use std::sync::Arc;

use base::Result;

use crate::caller::Caller;
use crate::job::{Lane, NewJob};
use crate::reaction::Start;
use crate::store::{events, jobs, reactions};
use crate::workspace::Workspace;

/// New reactions get their cursor, sweeps their job.
pub(super) async fn prepare(house: &Arc<Workspace>) -> Result<()> {
    let registry = house.registry();
    house
        .write(Caller::system(), move |cx| {
            let last = events::last_seq(cx)?;
            for reaction in &registry.reactions {
                let seq = if reaction.start == Start::FromNow { last } else { 0 };
                reactions::insert_cursor(cx, reaction.name, seq)?;
            }
            for sweep in &registry.sweeps {
                let (args, key) = (serde_json::json!({}), Some(sweep.name.to_owned()));
                let run_at = cx.now();
                jobs::insert_job(cx, &NewJob { name: sweep.name, lane: Lane::Quick, args, key, run_at })?;
            }
            Ok(())
        })
        .await
}
