//! An agent vouches for an identity, or takes that back.

use base::Result;
use journal::{Action, Cx, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::events::{self, IDENTITY_VERIFIED};
use crate::model::{Identity, IdentityId};
use crate::recognition;
use crate::store as rows;

pub struct VerifyIdentity;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CustomerVerifyIdentityInput)]
pub struct Input {
    pub identity: IdentityId,
    pub verified: bool,
}

impl Action for VerifyIdentity {
    const NAME: &'static str = "customer.verify_identity";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Identity;

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<Identity> {
        let mut known = rows::get_identity(cx, input.identity)?;
        rows::lock_customer(cx, known.customer)?;
        if known.verified != input.verified {
            match input.verified {
                true => recognition::prove(cx, &known)?,
                false => {
                    rows::set_verified(cx, known.id, false)?;
                    rows::set_touched(cx, known.customer)?;
                    let note = events::about_identity(IDENTITY_VERIFIED, known.customer, known.id);
                    cx.record(note.change("verified", true, false))?;
                }
            }
            cx.undoable::<VerifyIdentity>(&Input { identity: known.id, verified: known.verified })?;
            known.verified = input.verified;
        }
        Ok(known.identity())
    }
}
