//! Whether somebody who arrives is let in.

use base::Result;
use journal::Cx;

use crate::model::{Identity, IdentityKind, Target};
use crate::reachable::address;
use crate::store as rows;

/// Whether a sender is shut out, alone or with a whole domain.
pub fn is_blocked(cx: &mut Cx<'_, '_>, kind: IdentityKind, value: &str) -> Result<bool> {
    let Ok(address) = address(cx, kind, value) else { return Ok(false) };
    stands_against(cx, &Target::of(kind, &address.folded))
}

/// Whether a customer is shut out by any identity.
pub fn is_customer_blocked(cx: &mut Cx<'_, '_>, identities: &[Identity]) -> Result<bool> {
    let mut forms = Vec::new();
    for one in identities {
        if let Ok(address) = address(cx, one.kind, &one.value) {
            forms.extend(Target::of(one.kind, &address.folded));
        }
    }
    stands_against(cx, &forms)
}

fn stands_against(cx: &mut Cx<'_, '_>, forms: &[(crate::BlockKind, String)]) -> Result<bool> {
    Ok(!rows::list_blocks_against(cx, forms)?.is_empty())
}
