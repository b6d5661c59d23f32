//! What happens by time: solved conversations are closed, files that nobody sent are forgotten.

use std::sync::Arc;

use base::Result;
use journal::{Caller, Cx, Note, Sweep, Workspace, settings};

use crate::events;
use crate::model::{Status, closes_at};
use crate::settings::Rules;
use crate::store::attachment::delete_unsent;
use crate::store::conversation::{find_any, list_to_close, save};

const DAY_SECONDS: i64 = 24 * 3600;

pub fn sweeps() -> Vec<Sweep> {
    vec![
        Sweep::new("conversations.close_solved", 600, close_solved),
        Sweep::new("conversations.forget_uploads", 3600, forget_uploads),
    ]
}

async fn close_solved(house: Arc<Workspace>) -> Result<()> {
    while house.write(Caller::system(), close_some).await? > 0 {}
    Ok(())
}

/// Answers how many were closed.
fn close_some(cx: &mut Cx) -> Result<usize> {
    let rules: Rules = settings::get(cx)?;
    let before = closes_at(cx.now(), -rules.close_after_days);
    let due = list_to_close(cx, before)?;
    for (id,) in &due {
        let Some(mut c) = find_any(cx, *id)? else { continue };
        c.status = Status::Closed;
        c.status_at = cx.now();
        save(cx, &mut c)?;
        let note = Note::new(events::STATUS_CHANGED, "conversation", c.id.0);
        cx.record(note.change("status", Status::Solved, Status::Closed))?;
    }
    Ok(due.len())
}

async fn forget_uploads(house: Arc<Workspace>) -> Result<()> {
    let before = house.clock.now().plus_seconds(-DAY_SECONDS);
    while house.write(Caller::system(), move |cx| delete_unsent(cx, before)).await? > 0 {}
    Ok(())
}
