//! Addresses at which a customer can't be reached, as far as reports about our messages say.

use base::Result;
use base::text::{cut, without_nul};
use journal::Cx;

use crate::events::{self, IDENTITY_REACHED, IDENTITY_TROUBLED};
use crate::model::{IdentityKind, Trouble};
use crate::reachable::address;
use crate::store as rows;

/// Longer words of other servers are cut.
const LONGEST: usize = 500;

/// Marks an address that is known here; one that nobody has stays unknown.
pub fn mark_trouble(
    cx: &mut Cx<'_, '_>,
    kind: IdentityKind,
    value: &str,
    hard: bool,
    cause: &str,
    words: &str,
) -> Result<()> {
    let Ok(address) = address(cx, kind, value) else { return Ok(()) };
    let Some(known) = rows::find_identity(cx, &address)? else { return Ok(()) };
    let before = known.trouble();
    // What passes never takes back what is final.
    if before.is_some_and(|before| before.hard && !hard) {
        return Ok(());
    }
    let words = cut(&without_nul(words), LONGEST).to_owned();
    let trouble = Trouble { hard, cause: cause.to_owned(), words, at: cx.now() };
    rows::set_trouble(cx, known.id, Some(&trouble))?;
    rows::set_touched(cx, known.customer)?;
    cx.record(events::about_identity(IDENTITY_TROUBLED, known.customer, known.id)).map(drop)
}

/// Somebody has written from this address, so there is somebody.
pub fn clear_trouble(cx: &mut Cx<'_, '_>, kind: IdentityKind, value: &str) -> Result<()> {
    let Ok(address) = address(cx, kind, value) else { return Ok(()) };
    let Some(known) = rows::find_identity(cx, &address)?.filter(|known| known.trouble().is_some()) else {
        return Ok(());
    };
    rows::set_trouble(cx, known.id, None)?;
    rows::set_touched(cx, known.customer)?;
    cx.record(events::about_identity(IDENTITY_REACHED, known.customer, known.id)).map(drop)
}

/// What is known against an address, if anything.
pub fn trouble_of(cx: &mut Cx<'_, '_>, kind: IdentityKind, value: &str) -> Result<Option<Trouble>> {
    let Ok(address) = address(cx, kind, value) else { return Ok(None) };
    Ok(rows::find_identity(cx, &address)?.and_then(|known| known.trouble()))
}
