//! What the journal tidies by itself.

use base::Result;

use crate::store::records;
use crate::worker::Sweep;

/// Forgets idempotency keys after a week.
pub fn forget_keys() -> Sweep {
    const KEPT_SECONDS: i64 = 7 * 24 * 3600;
    Sweep::new("journal.forget_keys", 3600, |house| async move {
        let before = house.clock.now().plus_seconds(-KEPT_SECONDS);
        while house.db.write(move |tx| records::delete_old_keys(tx, before)).await? > 0 {}
        Result::Ok(())
    })
}
