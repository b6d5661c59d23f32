//! A customer gets one more address, number or handle, or loses one.

use base::Result;
use base::error::{conflict, invalid};
use journal::{Action, Cx, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::events::{self, IDENTITY_ADDED, IDENTITY_REMOVED};
use crate::model::{Address, CustomerId, Identity, IdentityId, NewIdentity};
use crate::store as rows;
use crate::{reachable, recognition};

pub(crate) const MOST: usize = 50;

pub struct AddIdentity;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Added {
    pub customer: CustomerId,
    pub identity: NewIdentity,
}

impl Action for AddIdentity {
    const NAME: &'static str = "customer.add_identity";
    const GRANT: &'static str = "customer.change";
    const RISK: Risk = Risk::Reversible;
    type Input = Added;
    type Output = Identity;

    fn run(cx: &mut Cx<'_, '_>, input: &Added) -> Result<Identity> {
        let address = reachable::address(cx, input.identity.kind, &input.identity.value)?;
        rows::lock_customer(cx, input.customer)?;
        if rows::list_identities(cx, input.customer)?.len() >= MOST {
            return Err(too_many());
        }
        let id = add(cx, input.customer, &address, &input.identity)?;
        rows::set_touched(cx, input.customer)?;
        cx.undoable::<RemoveIdentity>(&Removed { identity: id })?;
        Ok(rows::get_identity(cx, id)?.identity())
    }
}

pub struct RemoveIdentity;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Removed {
    pub identity: IdentityId,
}

impl Action for RemoveIdentity {
    const NAME: &'static str = "customer.remove_identity";
    const GRANT: &'static str = "customer.change";
    const RISK: Risk = Risk::Reversible;
    type Input = Removed;
    type Output = ();

    fn run(cx: &mut Cx<'_, '_>, input: &Removed) -> Result<()> {
        let known = rows::get_identity(cx, input.identity)?;
        rows::lock_customer(cx, known.customer)?;
        rows::delete_identity(cx, known.id)?;
        if known.main {
            let left = rows::list_identities(cx, known.customer)?;
            if let Some(next) = left.iter().find(|other| other.kind == known.kind) {
                rows::set_main(cx, known.customer, known.kind, next.id)?;
            }
        }
        rows::set_touched(cx, known.customer)?;
        cx.record(events::about_identity(IDENTITY_REMOVED, known.customer, known.id))?;
        let (kind, value, verified, primary) = (known.kind, known.value, known.verified, known.main);
        let identity = NewIdentity { kind, value, verified, primary };
        cx.undoable::<AddIdentity>(&Added { customer: known.customer, identity })
    }
}

pub(crate) fn add(
    cx: &mut Cx<'_, '_>,
    customer: CustomerId,
    address: &Address,
    new: &NewIdentity,
) -> Result<IdentityId> {
    let first = !rows::list_identities(cx, customer)?.iter().any(|known| known.kind == address.kind);
    let Some(id) = rows::insert_identity(cx, customer, address, new.verified, first)? else {
        return Err(taken());
    };
    if new.primary && !first {
        rows::set_main(cx, customer, address.kind, id)?;
    }
    cx.record(events::about_identity(IDENTITY_ADDED, customer, id))?;
    if new.verified {
        recognition::join_by_domain(cx, customer, address.kind, &address.folded)?;
    }
    Ok(id)
}

pub(crate) fn taken() -> base::Error {
    conflict("identity_taken", "This belongs to a customer already.").field("value")
}

pub(crate) fn too_many() -> base::Error {
    invalid("too_many_identities", format!("A customer has at most {MOST} identities.")).field("identities")
}
