//! An agent is made at once, without a mail: by the command line and by importers.

use std::sync::Arc;

use base::Result;
use base::error::not_found;
use journal::{Action, Cx, Note, Risk, Workspace};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::must_give;
use crate::events;
use crate::model::{
    AGENT, AgentId, TeamId, check_locale, check_password, check_time_zone, clean_email, clean_name,
};
use crate::password::hash_later;
use crate::store::{self, NewAgent};

pub struct CreateAgent;

#[derive(Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = AgentCreateInput)]
pub struct Input {
    pub email: String,
    pub name: String,
    /// The name of a role; `agent` when absent.
    pub role: Option<String>,
    pub team_ids: Vec<TeamId>,
    pub locale: Option<String>,
    pub time_zone: Option<String>,
    /// Without one the agent comes in by a password reset.
    pub password: Option<String>,
    #[serde(skip)]
    pub(crate) hash: Option<String>,
}

impl Input {
    pub fn new(email: String, name: String, role: String, password: String) -> Input {
        Input { email, name, role: Some(role), password: Some(password), ..Input::default() }
    }
}

impl Action for CreateAgent {
    const NAME: &'static str = "agent.create";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    type Output = AgentId;

    async fn prepare(_house: &Arc<Workspace>, input: &mut Input) -> Result<()> {
        if let Some(password) = input.password.take() {
            check_password(&password)?;
            input.hash = Some(hash_later(password).await?);
        }
        Ok(())
    }

    fn run(cx: &mut Cx, input: &Input) -> Result<AgentId> {
        let (email, name) = (clean_email(&input.email)?, clean_name(&input.name, "name")?);
        input.locale.as_deref().map(check_locale).transpose()?;
        input.time_zone.as_deref().map(check_time_zone).transpose()?;
        let role = store::find_role_by_name(cx, input.role.as_deref().unwrap_or(AGENT))?;
        let role = role.ok_or_else(|| not_found("role_not_found").field("role"))?;
        must_give(cx, &role)?;
        let new = NewAgent {
            name: &name,
            email: &email,
            role_id: role.id,
            locale: input.locale.as_deref(),
            time_zone: input.time_zone.as_deref(),
            password_hash: input.hash.as_deref(),
        };
        let agent = store::insert_agent(cx, &new)?;
        for team in &input.team_ids {
            let there = store::find_team(cx, *team)?;
            there.ok_or_else(|| not_found("team_not_found").field("team_ids"))?;
            store::insert_member(cx, *team, agent)?;
        }
        cx.record(Note::new(events::AGENT_CREATED, "agent", agent.0).with("role_id", role.id))?;
        Ok(agent)
    }
}
