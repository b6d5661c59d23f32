//! Identities as they are given here: a telephone number means the country in which the workspace is.

use base::Result;
use base::error::invalid;
use journal::{Cx, settings};

use crate::model::{Address, IdentityKind, international};

/// Checked and in the form in which two of them are compared.
pub(crate) fn address(cx: &mut Cx<'_, '_>, kind: IdentityKind, value: &str) -> Result<Address> {
    let mut address = Address::read(kind, value)?;
    if kind == IdentityKind::Phone && !address.folded.starts_with('+') {
        let zone = settings::get::<people::Profile>(cx)?.time_zone;
        if let Some(full) = international(&address.folded, &zone) {
            address.folded = full;
        }
    }
    Ok(address)
}

/// The same where several kinds stand in one form: the error names the field as an agent sees it.
pub(crate) fn named_address(cx: &mut Cx<'_, '_>, kind: IdentityKind, value: &str) -> Result<Address> {
    address(cx, kind, value).map_err(|e| match e.code {
        "address_invalid" | "too_long" => invalid(e.code, e.message.clone()).field(kind.as_str()),
        _ => e,
    })
}
