//! A customer gets one more address, number or handle.

use base::Result;
use base::error::{conflict, invalid};
use journal::{Action, Cx, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions::remove_identity::{self, RemoveIdentity};
use crate::events::{self, IDENTITY_ADDED};
use crate::model::{Address, CustomerId, Identity, IdentityId, NewIdentity};
use crate::recognition;
use crate::store as rows;

pub(crate) const MOST: usize = 50;

pub struct AddIdentity;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Input {
    pub customer: CustomerId,
    pub identity: NewIdentity,
}

impl Action for AddIdentity {
    const NAME: &'static str = "customer.add_identity";
    const GRANT: &'static str = "customer.change";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Identity;

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<Identity> {
        let address = Address::read(input.identity.kind, &input.identity.value)?;
        rows::lock_customer(cx, input.customer)?;
        if rows::list_identities(cx, input.customer)?.len() >= MOST {
            return Err(too_many());
        }
        let id = add(cx, input.customer, &address, &input.identity)?;
        rows::set_touched(cx, input.customer)?;
        cx.undoable::<RemoveIdentity>(&remove_identity::Input { identity: id })?;
        Ok(rows::get_identity(cx, id)?.identity())
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
