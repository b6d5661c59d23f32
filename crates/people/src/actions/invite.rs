//! Somebody is invited to become an agent, by mail.

use std::sync::Arc;

use base::Result;
use base::error::{conflict, invalid, not_found};
use base::secrets::{new_token, token_hash};
use journal::{Action, Cx, Note, Risk, Workspace, settings};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::rules::{must_give, prepared};
use crate::events;
use crate::jobs::Mail;
use crate::model::{AGENT, InvitationId, TeamId, clean_email, clean_name};
use crate::settings::Profile;
use crate::sockets::{Letter, LetterKind};
use crate::store::{self, Invitation};

const VALID_SECONDS: i64 = 7 * 86_400;
const MOST_TEAMS: usize = 100;

pub struct Invite;

#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AgentInviteInput)]
pub struct Input {
    pub email: String,
    pub name: String,
    /// The name of a role; `agent` when absent.
    #[serde(default)]
    pub role: Option<String>,
    #[serde(default)]
    pub team_ids: Vec<TeamId>,
    #[serde(skip)]
    pub(crate) token: Option<String>,
}

/// The link is in the mail alone.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Invited)]
pub struct Output {
    pub id: InvitationId,
    pub email: String,
}

impl Action for Invite {
    const NAME: &'static str = "agent.invite";
    const RISK: Risk = Risk::Outward;
    type Input = Input;
    type Output = Output;

    async fn prepare(_house: &Arc<Workspace>, input: &mut Input) -> Result<()> {
        input.token = Some(new_token());
        Ok(())
    }

    fn run(cx: &mut Cx, input: &Input) -> Result<Output> {
        let token = prepared(&input.token)?;
        let (email, name) = (clean_email(&input.email)?, clean_name(&input.name, "name")?);
        if store::find_agent_by_email(cx, &email)?.is_some() {
            return Err(
                conflict("email_taken", "There is an agent with this address already.").field("email")
            );
        }
        let role = store::find_role_by_name(cx, input.role.as_deref().unwrap_or(AGENT))?;
        let role = role.ok_or_else(|| not_found("role_not_found").field("role"))?;
        must_give(cx, &role)?;
        check_teams(cx, &input.team_ids)?;
        let until = cx.now().plus_seconds(VALID_SECONDS);
        let invitation = Invitation {
            id: cx.new_id(),
            email: email.clone(),
            name: name.clone(),
            role_id: role.id,
            team_ids: json!(input.team_ids),
            expires_at: until,
        };
        let id = store::set_invitation(cx, &invitation, &token_hash(token))?;
        post(cx, &email, &name, token)?;
        cx.record(Note::new(events::AGENT_INVITED, "invitation", id.0).with("role_id", role.id))?;
        Ok(Output { id, email })
    }
}

fn check_teams(cx: &mut Cx, teams: &[TeamId]) -> Result<()> {
    if teams.len() > MOST_TEAMS {
        return Err(invalid("too_many_teams", "An agent is in at most 100 teams.").field("team_ids"));
    }
    for team in teams {
        let there = store::find_team(cx, *team)?;
        there.ok_or_else(|| not_found("team_not_found").field("team_ids"))?;
    }
    Ok(())
}

fn post(cx: &mut Cx, email: &str, name: &str, token: &str) -> Result<()> {
    let profile: Profile = settings::get(cx)?;
    let letter = Letter {
        kind: LetterKind::Invitation,
        to: email.to_owned(),
        name: name.to_owned(),
        link: format!("{}/desk/invitation/{token}", cx.public_url()),
        workspace: profile.name,
        locale: profile.locale,
    };
    let slip = Mail::of(cx.secrets(), &letter)?;
    cx.later(&slip)
}
