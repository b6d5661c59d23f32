//! For whom a conversation is started.

use base::Result;
use base::error::invalid;
use customers::{CustomerId, IdentityKind};
use journal::Cx;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::channel::{Channel, channels};
use crate::model::Party;

/// A customer who is known, or a new address.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NamedRequester)]
pub struct Requester {
    #[serde(default)]
    pub id: Option<CustomerId>,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub address: Option<String>,
}

/// Whom it is for, and where the first message goes.
pub(super) struct Asked {
    pub customer: CustomerId,
    pub party: Party,
}

/// Finds the customer or makes one of a new address. What can't be written to is refused.
pub(super) fn find(cx: &mut Cx, wanted: &Requester, channel: &str) -> Result<Asked> {
    let channel = channels(&cx.registry()).named(channel)?;
    if let Some(id) = wanted.id {
        let id = customers::resolve(cx, id)?;
        let found = customers::summaries(cx, &[id])?.into_iter().next();
        let found = found.ok_or_else(|| base::error::not_found("customer_not_found").field("requester"))?;
        let address = wanted.address.clone().or(found.address).ok_or_else(|| {
            invalid("address_missing", "This customer has no address on this channel.").field("requester")
        })?;
        let address = writable(cx, channel.as_ref(), &address)?;
        return Ok(Asked { customer: id, party: Party { name: found.name, address } });
    }
    let address = writable(cx, channel.as_ref(), wanted.address.as_deref().unwrap_or_default())?;
    let name = wanted.name.as_deref().map(str::trim).filter(|n| !n.is_empty());
    let found = customers::recognise(cx, IdentityKind::Email, &address, name, false)?;
    let name = name.unwrap_or_default().to_owned();
    Ok(Asked { customer: found.customer, party: Party { name, address } })
}

fn writable(cx: &mut Cx, channel: &dyn Channel, address: &str) -> Result<String> {
    let address = address.trim();
    channel.check_address(address).map_err(|s| invalid("address_invalid", s).field("requester"))?;
    if channel.is_own(cx, address)? {
        let sentence = "This is one of our own addresses.";
        return Err(invalid("recipient_own", sentence).field("requester"));
    }
    Ok(address.to_owned())
}
