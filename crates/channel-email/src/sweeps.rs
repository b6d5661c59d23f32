//! What happens by time: senders who write no more are forgotten.

use std::sync::Arc;

use base::Result;
use journal::{Caller, Sweep, Workspace};

use crate::store_acknowledge::delete_old_senders;

/// Far longer than anything is counted.
const HOURS: i64 = 24 * 3;
const HOUR_MILLIS: i64 = 3_600_000;
const AT_ONCE: i64 = 200;

pub fn forget_senders() -> Sweep {
    Sweep::new("email.forget_senders", 24 * 3600, forget)
}

async fn forget(house: Arc<Workspace>) -> Result<()> {
    let some = || {
        house.write(Caller::system(), |cx| delete_old_senders(cx, cx.now().0 / HOUR_MILLIS - HOURS, AT_ONCE))
    };
    while some().await? == AT_ONCE {}
    Ok(())
}
