//! An API token is taken back: by its owner, or by somebody who looks after agents.

use base::Result;
use base::error::not_found;
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::change_agent::ChangeAgent;
use crate::events;
use crate::model::TokenId;
use crate::store;

pub struct RevokeToken;

#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TokenRevokeInput)]
pub struct Input {
    pub token_id: TokenId,
}

impl Action for RevokeToken {
    const NAME: &'static str = "token.revoke";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    type Output = ();

    fn run(cx: &mut Cx, input: &Input) -> Result<()> {
        let refuse = || not_found("token_not_found");
        let owner = store::find_token_owner(cx, input.token_id)?.ok_or_else(refuse)?;
        if cx.caller().agent_id() != Some(owner.0) && !cx.caller().may(ChangeAgent::NAME) {
            return Err(refuse());
        }
        store::delete_token(cx, input.token_id)?;
        let note = Note::new(events::TOKEN_REVOKED, "token", input.token_id.0);
        cx.record(note.with("agent_id", owner)).map(drop)
    }
}
