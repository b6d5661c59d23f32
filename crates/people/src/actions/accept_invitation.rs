//! An invitation is accepted: the agent is made and signed in.

use std::sync::Arc;

use base::Result;
use base::error::not_found;
use base::secrets::{new_token, token_hash};
use journal::{Action, Caller, Cx, Note, Risk, Workspace};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::{Opened, open_session, prepared};
use crate::events;
use crate::model::{TeamId, check_password, clean_name};
use crate::password::hash_later;
use crate::store::{self, NewAgent};

pub struct AcceptInvitation;

#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = InvitationAcceptInput)]
pub struct Input {
    pub token: String,
    pub name: String,
    pub password: String,
    #[serde(skip)]
    pub device: String,
    /// The password's hash and the new session's token.
    #[serde(skip)]
    pub(crate) made: Option<(String, String)>,
}

impl Action for AcceptInvitation {
    const NAME: &'static str = "invitation.accept";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    type Output = Opened;

    async fn prepare(house: &Arc<Workspace>, input: &mut Input) -> Result<()> {
        check_password(&input.password)?;
        // Hashing is dear: links that nobody was sent don't get so far.
        let hash = token_hash(&input.token);
        let known = house.read(Caller::system(), move |cx| store::find_invitation(cx, &hash)).await?;
        known.ok_or_else(|| not_found("invitation_not_found"))?;
        let hash = hash_later(std::mem::take(&mut input.password)).await?;
        input.made = Some((hash, new_token()));
        Ok(())
    }

    fn run(cx: &mut Cx, input: &Input) -> Result<Opened> {
        let (hash, token) = prepared(&input.made)?;
        let refuse = || not_found("invitation_not_found");
        let invitation = store::find_invitation(cx, &token_hash(&input.token))?.ok_or_else(refuse)?;
        if !store::delete_invitation(cx, invitation.id)? {
            return Err(refuse());
        }
        let name = clean_name(&input.name, "name")?;
        let new = NewAgent {
            name: &name,
            email: &invitation.email,
            role_id: invitation.role_id,
            locale: None,
            time_zone: None,
            password_hash: Some(hash),
        };
        let agent = store::insert_agent(cx, &new)?;
        let teams: Vec<TeamId> = serde_json::from_value(invitation.team_ids)?;
        for team in teams {
            store::insert_member(cx, team, agent)?;
        }
        let note = Note::new(events::AGENT_CREATED, "agent", agent.0);
        cx.record(note.with("role_id", invitation.role_id).with("invitation_id", invitation.id))?;
        open_session(cx, agent, token, &input.device)
    }
}
