//! What happens by time: quarantine forgets mail that nobody let in.

use std::sync::Arc;

use base::Result;
use conversations::actions::block::discard;
use conversations::store::blocked::list_expired;
use journal::{Caller, Cx, Sweep, Workspace, settings};

use crate::trust::settings::Trust;

const DAY_SECONDS: i64 = 24 * 3600;
const AT_ONCE: i64 = 100;

pub fn sweeps() -> Vec<Sweep> {
    vec![Sweep::new("email.empty_quarantine", 3600, empty_quarantine)]
}

async fn empty_quarantine(house: Arc<Workspace>) -> Result<()> {
    while house.write(Caller::system(), forget_some).await? > 0 {}
    Ok(())
}

/// Answers how many were forgotten.
fn forget_some(cx: &mut Cx<'_, '_>) -> Result<usize> {
    let trust: Trust = settings::get(cx)?;
    let before = cx.now().plus_seconds(-trust.keep_days * DAY_SECONDS);
    let due = list_expired(cx, before, AT_ONCE)?;
    for held in &due {
        discard(cx, held, false)?;
    }
    Ok(due.len())
}
