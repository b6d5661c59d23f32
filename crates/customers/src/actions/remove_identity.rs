//! An address, number or handle no longer belongs to its customer.

use base::Result;
use journal::{Action, Cx, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions::add_identity::{self, AddIdentity};
use crate::events::{self, IDENTITY_REMOVED};
use crate::model::{IdentityId, NewIdentity};
use crate::store as rows;

pub struct RemoveIdentity;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Input {
    pub identity: IdentityId,
}

impl Action for RemoveIdentity {
    const NAME: &'static str = "customer.remove_identity";
    const GRANT: &'static str = "customer.change";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = ();

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<()> {
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
        cx.undoable::<AddIdentity>(&add_identity::Input { customer: known.customer, identity })
    }
}
