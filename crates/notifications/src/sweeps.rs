//! What happens by time: old letters go, and what was overlooked is gathered.

use std::sync::Arc;

use base::Result;
use journal::{Caller, Sweep, Workspace};

use crate::jobs::Gather;
use crate::model::GATHER_SECONDS;
use crate::store::letters::delete_expired;
use crate::store::pending::list_forgotten;

/// So long after the last answer that counts it is still known why one is parked.
const KEPT_SECONDS: i64 = 60 * 86_400;
/// In one transaction.
const AT_ONCE: i64 = 500;

pub fn sweeps() -> Vec<Sweep> {
    vec![
        Sweep::new("notifications.overlooked", 300, overlooked),
        Sweep::new("notifications.forget", 3_600, forget),
    ]
}

/// On PostgreSQL something may be put down while the slip for it is just being worked off.
async fn overlooked(house: Arc<Workspace>) -> Result<()> {
    house
        .write(Caller::system(), |cx| {
            let before = cx.now().plus_seconds(-GATHER_SECONDS);
            let found = list_forgotten(cx, before)?;
            found
                .into_iter()
                .try_for_each(|(agent, conversation)| cx.later(&Gather { agent, conversation, again: false }))
        })
        .await
}

async fn forget(house: Arc<Workspace>) -> Result<()> {
    let some = || {
        house.write(Caller::system(), |cx| {
            let before = cx.now().plus_seconds(-KEPT_SECONDS);
            delete_expired(cx, before, AT_ONCE)
        })
    };
    while some().await? == AT_ONCE {}
    Ok(())
}
