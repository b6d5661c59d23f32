//! Mail that was held back: what is known of it, and that it is forgotten when nobody lets it in.

use std::sync::Arc;

use base::Result;
use base::error::not_found;
use conversations::actions::block::discard;
use conversations::store::blocked::{Blocked, BlockedId, find_blocked, list_expired};
use customers::{Block, IdentityKind};
use journal::{Caller, Cx, Sweep, Workspace, settings};

use crate::model::{NAME, Raw, RawId};
use crate::store;
use crate::store_trust::{Seen, find_seen};
use crate::trust::settings::Trust;

const DAY_SECONDS: i64 = 24 * 3600;
const AT_ONCE: i64 = 100;

/// A mail that was held back, as far as it was kept.
pub struct Kept {
    pub held: Blocked,
    pub raw: Option<Raw>,
    pub seen: Option<Seen>,
    /// What shuts its sender out now.
    pub blocks: Vec<Block>,
}

pub fn find(cx: &mut Cx<'_, '_>, id: BlockedId) -> Result<Kept> {
    let held = find_blocked(cx, id)?.filter(|held| held.channel == NAME);
    let held = held.ok_or_else(|| not_found("blocked_not_found"))?;
    let (mut raw, mut seen) = (None, None);
    if let Some(id) = held.raw_id.map(RawId) {
        raw = store::find_raw(cx, id)?;
        seen = find_seen(cx, id)?;
    }
    let blocks = customers::blocks_against(cx, IdentityKind::Email, &held.address)?;
    Ok(Kept { held, raw, seen, blocks })
}

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
