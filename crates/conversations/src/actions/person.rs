//! Whom a contact was with, as far as an agent can say.

use base::Result;
use base::error::invalid;
use customers::{CustomerId, IdentityKind};
use journal::Cx;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::ContactChannel;

/// Somebody who is known by id, or by anything that an agent can say of a person.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ContactPerson)]
pub struct Person {
    #[serde(default)]
    pub id: Option<CustomerId>,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub phone: Option<String>,
    #[serde(default)]
    pub postal: Option<String>,
}

/// Who it was, and by which number or address.
pub(super) fn find(
    cx: &mut Cx,
    person: &Person,
    channel: ContactChannel,
) -> Result<(CustomerId, Option<String>)> {
    let given = |value: &Option<String>| value.clone().filter(|value| !value.trim().is_empty());
    let (phone, email, postal) = (given(&person.phone), given(&person.email), given(&person.postal));
    let mut identities: Vec<(IdentityKind, String)> = Vec::new();
    identities.extend(phone.map(|value| (IdentityKind::Phone, value)));
    identities.extend(email.map(|value| (IdentityKind::Email, value)));
    identities.extend(postal.map(|value| (IdentityKind::Postal, value)));
    // What the contact was by says best who it was.
    if channel == ContactChannel::Letter {
        identities.sort_by_key(|(kind, _)| *kind != IdentityKind::Postal);
    }
    let own_kind = match channel {
        ContactChannel::Voice => Some(IdentityKind::Phone),
        ContactChannel::Letter => Some(IdentityKind::Postal),
        ContactChannel::WalkIn => None,
    };
    let address = identities.iter().find(|(kind, _)| Some(*kind) == own_kind).map(|(_, value)| value.clone());
    if let Some(id) = person.id {
        let id = customers::resolve(cx, id)?;
        if customers::summaries(cx, &[id])?.is_empty() {
            return Err(base::error::not_found("customer_not_found").field("requester"));
        }
        for (kind, value) in &identities {
            customers::add_claim(cx, id, *kind, value)?;
        }
        return Ok((id, address));
    }
    let name = given(&person.name);
    if name.is_none() && identities.is_empty() {
        let sentence = "Who was it? A name, a number or an address is needed.";
        return Err(invalid("requester_missing", sentence).field("requester"));
    }
    let pairs: Vec<(IdentityKind, &str)> =
        identities.iter().map(|(kind, value)| (*kind, value.as_str())).collect();
    Ok((customers::introduce(cx, name.as_deref(), &pairs)?, address))
}
