//! Agents who are signed in set a new password; every other browser has to sign in again.

use std::sync::Arc;

use base::Result;
use base::error::{forbidden, invalid};
use journal::{Action, Caller, Cx, Note, Risk, Who, Workspace};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::{end_other_sessions, prepared};
use super::waits::{Count, attempt, forgive};
use crate::events;
use crate::model::{AgentId, SessionId, check_password};
use crate::password::{hash_later, verify_later};
use crate::store;

pub struct ChangePassword;

#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PasswordChangeInput)]
pub struct Input {
    /// The password that counted until now.
    pub current: String,
    pub password: String,
    /// Whose, and in which session, which stays: told by who brings the request.
    #[serde(skip)]
    who: Option<(AgentId, SessionId)>,
    #[serde(skip)]
    made: Option<Made>,
}

#[derive(Clone)]
struct Made {
    before: Option<String>,
    after: String,
    counts: Vec<Count>,
}

impl Input {
    pub fn new(current: String, password: String, agent: AgentId, session: SessionId) -> Input {
        Input { current, password, who: Some((agent, session)), made: None }
    }
}

impl Action for ChangePassword {
    const NAME: &'static str = "password.change";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    type Output = ();

    async fn prepare(house: &Arc<Workspace>, input: &mut Input) -> Result<()> {
        check_password(&input.password)?;
        let (agent, _) = *prepared(&input.who)?;
        let counts = Count::of_password(&house.secrets, agent.0);
        attempt(house, counts.clone()).await?;
        let before = house.read(Caller::system(), move |cx| store::find_hash(cx, agent)).await?;
        if !verify_later(std::mem::take(&mut input.current), before.clone()).await? {
            return Err(invalid("password_wrong", "This is not your present password.").field("current"));
        }
        let after = hash_later(std::mem::take(&mut input.password)).await?;
        input.made = Some(Made { before, after, counts });
        Ok(())
    }

    fn run(cx: &mut Cx, input: &Input) -> Result<()> {
        let ((agent, session), made) = (prepared(&input.who)?, prepared(&input.made)?);
        // A token that leaked must not be able to lock its owner out.
        if cx.caller().who != Who::Agent(agent.0) {
            return Err(forbidden("password_not_yours", "Agents change their own password, signed in."));
        }
        // It may have changed while the hashes were worked out.
        if store::find_hash(cx, *agent)? != made.before {
            return Err(invalid("password_wrong", "This is not your present password.").field("current"));
        }
        store::set_password(cx, *agent, &made.after)?;
        store::delete_reset(cx, *agent)?;
        forgive(cx, &made.counts)?;
        end_other_sessions(cx, *agent, Some(*session))?;
        cx.record(Note::new(events::PASSWORD_CHANGED, "agent", agent.0)).map(drop)
    }
}
