//! What happens by time: senders who write no more are forgotten, and mail of earlier days is not.

use std::sync::Arc;

use base::Result;
use journal::{Caller, Sweep, Workspace};

use crate::jobs::FileHistory;
use crate::store::list_mailboxes;
use crate::store_acknowledge::delete_old_senders;
use crate::store_history::list_queued;

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

/// Wakes the filing of earlier mail when a wake-up was lost: on PostgreSQL mail may be put down in the
/// moment in which the job ends.
pub fn wake_history() -> Sweep {
    Sweep::new("email.wake_history", 60, wake)
}

pub(crate) async fn wake(house: Arc<Workspace>) -> Result<()> {
    let waiting = house.read(Caller::system(), |cx| {
        let mut waiting = Vec::new();
        for mailbox in list_mailboxes(cx)? {
            if !list_queued(cx, mailbox.id, 1)?.is_empty() {
                waiting.push(mailbox.id);
            }
        }
        Ok(waiting)
    });
    for mailbox in waiting.await? {
        house.write(Caller::system(), move |cx| cx.later(&FileHistory { mailbox })).await?;
    }
    Ok(())
}
