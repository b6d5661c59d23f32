//! Whether somebody who arrives is let in.

use base::Result;
use journal::Cx;

use crate::model::{Address, Identity, IdentityKind, Target};
use crate::store as rows;

/// Whether a sender is shut out, alone or with a whole domain.
pub fn is_blocked(cx: &mut Cx<'_, '_>, kind: IdentityKind, value: &str) -> Result<bool> {
    let Ok(address) = Address::read(kind, value) else { return Ok(false) };
    stands_against(cx, &Target::of(kind, &address.folded))
}

/// Whether a customer is shut out by any identity.
pub fn is_customer_blocked(cx: &mut Cx<'_, '_>, identities: &[Identity]) -> Result<bool> {
    let read = |one: &Identity| Address::read(one.kind, &one.value).ok();
    let forms: Vec<_> =
        identities.iter().filter_map(read).flat_map(|a| Target::of(a.kind, &a.folded)).collect();
    stands_against(cx, &forms)
}

fn stands_against(cx: &mut Cx<'_, '_>, forms: &[(crate::BlockKind, String)]) -> Result<bool> {
    Ok(!rows::list_blocks_against(cx, forms)?.is_empty())
}
