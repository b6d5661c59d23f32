//! A session ends: by its owner, or by somebody who looks after agents.

use base::Result;
use base::error::not_found;
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::change_agent::ChangeAgent;
use crate::events;
use crate::model::SessionId;
use crate::store;

pub struct EndSession;

#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SessionEndInput)]
pub struct Input {
    pub session_id: SessionId,
}

impl Action for EndSession {
    const NAME: &'static str = "session.end";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    type Output = ();

    fn run(cx: &mut Cx, input: &Input) -> Result<()> {
        let refuse = || not_found("session_not_found");
        let owner = store::find_session_owner(cx, input.session_id)?.ok_or_else(refuse)?;
        if cx.caller().agent_id() != Some(owner.0) && !cx.caller().may(ChangeAgent::NAME) {
            return Err(refuse());
        }
        store::delete_session(cx, input.session_id)?.ok_or_else(refuse)?;
        let note = Note::new(events::SESSION_ENDED, "session", input.session_id.0);
        cx.record(note.with("agent_id", owner)).map(drop)
    }
}
