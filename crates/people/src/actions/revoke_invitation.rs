//! An invitation is taken back: its link leads nowhere any more.

use base::Result;
use base::error::not_found;
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::invite::Invite;
use crate::events;
use crate::model::InvitationId;
use crate::store;

pub struct RevokeInvitation;

#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = InvitationRevokeInput)]
pub struct Input {
    pub invitation_id: InvitationId,
}

impl Action for RevokeInvitation {
    const NAME: &'static str = "invitation.revoke";
    const GRANT: &'static str = Invite::NAME;
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    type Output = ();

    fn run(cx: &mut Cx, input: &Input) -> Result<()> {
        if !store::delete_invitation(cx, input.invitation_id)? {
            return Err(not_found("invitation_not_found"));
        }
        cx.record(Note::new(events::INVITATION_REVOKED, "invitation", input.invitation_id.0)).map(drop)
    }
}
