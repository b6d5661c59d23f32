//! What the journal tidies by itself.

use std::sync::Arc;

use base::Result;

use crate::blobs;
use crate::store::{records, throttles};
use crate::worker::Sweep;
use crate::workspace::Workspace;

const KEPT_SECONDS: i64 = 7 * 24 * 3600;

pub fn sweeps() -> Vec<Sweep> {
    vec![
        Sweep::new("journal.forget_keys", 3600, forget_keys),
        Sweep::new("journal.forget_throttles", 3600, forget_throttles),
        Sweep::new("journal.unnamed_blobs", 3600, blobs::sweep),
    ]
}

/// Forgets idempotency keys after a week.
async fn forget_keys(house: Arc<Workspace>) -> Result<()> {
    let before = house.clock.now().plus_seconds(-KEPT_SECONDS);
    while house.db.write(move |tx| records::delete_old_keys(tx, before)).await? > 0 {}
    Ok(())
}

async fn forget_throttles(house: Arc<Workspace>) -> Result<()> {
    let now = house.clock.now();
    while house.db.write(move |tx| throttles::delete_full(tx, now)).await? > 0 {}
    Ok(())
}
