//! Every other browser of an agent has to sign in again.

use base::Result;
use journal::{Action, Cx, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::end_other_sessions;
use crate::door::acting_agent;
use crate::model::SessionId;

pub struct EndOthers;

#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SessionEndOthersInput)]
pub struct Input {
    /// The session that stays; without it all end.
    #[serde(default)]
    pub but: Option<SessionId>,
}

impl Action for EndOthers {
    const NAME: &'static str = "session.end_others";
    const GRANT: &'static str = "session.end";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    /// How many ended.
    type Output = i64;

    fn run(cx: &mut Cx, input: &Input) -> Result<i64> {
        let me = acting_agent(cx)?;
        end_other_sessions(cx, me, input.but)
    }
}
