//! An API token is made: it acts for its agent, with the agent's permissions.

use std::sync::Arc;

use base::Result;
use base::error::{forbidden, not_found};
use base::secrets::{new_token, token_hash};
use journal::{Action, Cx, Note, Risk, Who, Workspace};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::{Minted, prepared};
use crate::events;
use crate::model::{AgentId, clean_name};
use crate::store;

pub struct CreateToken;

#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TokenCreateInput)]
pub struct Input {
    pub name: String,
    /// Oneself when absent; somebody else only by the system.
    #[serde(default)]
    pub agent_id: Option<AgentId>,
    #[serde(skip)]
    pub(crate) token: Option<String>,
}

impl Input {
    pub fn new(name: &str, agent_id: Option<AgentId>) -> Input {
        Input { name: name.to_owned(), agent_id, token: None }
    }
}

impl Action for CreateToken {
    const NAME: &'static str = "token.create";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    type Output = Minted;

    async fn prepare(_house: &Arc<Workspace>, input: &mut Input) -> Result<()> {
        input.token = Some(new_token());
        Ok(())
    }

    fn run(cx: &mut Cx, input: &Input) -> Result<Minted> {
        let token = prepared(&input.token)?;
        let name = clean_name(&input.name, "name")?;
        let agent = match cx.caller().who {
            Who::Agent(me) if input.agent_id.is_none_or(|id| id.0 == me) => AgentId(me),
            Who::System => input.agent_id.ok_or_else(|| not_found("agent_not_found"))?,
            // A token that could make others would outlive its own end.
            _ => return Err(forbidden("token_not_yours", "Tokens are made by agents, for themselves.")),
        };
        store::find_agent(cx, agent)?.ok_or_else(|| not_found("agent_not_found"))?;
        let id = store::insert_token(cx, agent, &name, &token_hash(token))?;
        cx.record(Note::new(events::TOKEN_CREATED, "token", id.0).with("agent_id", agent))?;
        Ok(Minted { id, token: token.clone() })
    }
}
