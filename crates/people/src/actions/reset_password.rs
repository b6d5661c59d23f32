//! A new password by a link from a mail: every session ends.

use std::sync::Arc;

use base::Result;
use base::error::not_found;
use base::secrets::token_hash;
use journal::{Action, Caller, Cx, Note, Risk, Workspace};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::{end_sessions, prepared};
use super::waits::forgive_account;
use crate::events;
use crate::model::{AgentId, check_password};
use crate::password::hash_later;
use crate::store;

pub struct ResetPassword;

#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PasswordResetInput)]
pub struct Input {
    pub token: String,
    pub password: String,
    #[serde(skip)]
    pub(crate) hash: Option<String>,
}

impl Action for ResetPassword {
    const NAME: &'static str = "password.reset";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    /// Whose password it was.
    type Output = AgentId;

    async fn prepare(house: &Arc<Workspace>, input: &mut Input) -> Result<()> {
        check_password(&input.password)?;
        // Hashing is dear: links that nobody was sent don't get so far.
        let token = token_hash(&input.token);
        let known = house.read(Caller::system(), move |cx| store::find_reset(cx, &token)).await?;
        known.ok_or_else(|| not_found("reset_not_found"))?;
        input.hash = Some(hash_later(std::mem::take(&mut input.password)).await?);
        Ok(())
    }

    fn run(cx: &mut Cx, input: &Input) -> Result<AgentId> {
        let hash = prepared(&input.hash)?;
        let agent = store::claim_reset(cx, &token_hash(&input.token))?;
        let agent = agent.ok_or_else(|| not_found("reset_not_found"))?;
        renew_password(cx, agent, hash)?;
        Ok(agent)
    }
}

/// A new password that somebody else vouches for: every session ends, failed tries are forgotten.
pub fn renew_password(cx: &mut Cx, agent: AgentId, hash: &str) -> Result<()> {
    store::set_password(cx, agent, hash)?;
    end_sessions(cx, agent)?;
    if let Some(agent) = store::find_agent(cx, agent)? {
        forgive_account(cx, &agent.email)?;
    }
    cx.record(Note::new(events::PASSWORD_CHANGED, "agent", agent.0)).map(drop)
}
