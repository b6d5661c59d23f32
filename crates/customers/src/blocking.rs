//! Whether somebody who arrives is let in.

use base::Result;
use journal::Cx;

use crate::model::{Block, Identity, IdentityKind, Target};
use crate::reachable::address;
use crate::store as rows;

/// Whether a sender is shut out, alone or with a whole domain.
pub fn is_blocked(cx: &mut Cx<'_, '_>, kind: IdentityKind, value: &str) -> Result<bool> {
    Ok(!blocks_against(cx, kind, value)?.is_empty())
}

/// The blocks that shut a sender out: of the address, and of its domain.
pub fn blocks_against(cx: &mut Cx<'_, '_>, kind: IdentityKind, value: &str) -> Result<Vec<Block>> {
    let Ok(address) = address(cx, kind, value) else { return Ok(Vec::new()) };
    rows::list_blocks_against(cx, &Target::of(kind, &address.folded))
}

/// Whether a customer is shut out by any identity.
pub fn is_customer_blocked(cx: &mut Cx<'_, '_>, identities: &[Identity]) -> Result<bool> {
    let mut forms = Vec::new();
    for one in identities {
        if let Ok(address) = address(cx, one.kind, &one.value) {
            forms.extend(Target::of(one.kind, &address.folded));
        }
    }
    Ok(!rows::list_blocks_against(cx, &forms)?.is_empty())
}
