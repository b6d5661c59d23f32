//! What can be done with the staff: one verb per file.

mod accept_invitation;
mod change_agent;
mod change_profile;
mod change_role;
mod create_agent;
mod create_brand;
mod create_role;
mod create_team;
mod create_token;
mod end_session;
mod invite;
mod request_reset;
mod reset_password;
mod revoke_token;
mod set_members;
mod sign_in;

pub use accept_invitation::AcceptInvitation;
pub use change_agent::ChangeAgent;
pub use change_profile::ChangeProfile;
pub use change_role::ChangeRole;
pub use create_agent::CreateAgent;
pub use create_brand::CreateBrand;
pub use create_role::CreateRole;
pub use create_team::CreateTeam;
pub use create_token::CreateToken;
pub use end_session::EndSession;
pub use invite::{Invite, Output as Invited};
pub use request_reset::RequestReset;
pub use reset_password::ResetPassword;
pub use revoke_token::RevokeToken;
pub use set_members::SetMembers;
pub use sign_in::SignIn;

/// The inputs, for those who run actions from outside of this crate.
pub mod input {
    pub use super::accept_invitation::Input as AcceptInvitation;
    pub use super::change_agent::Input as ChangeAgent;
    pub use super::change_profile::Input as ChangeProfile;
    pub use super::change_role::Input as ChangeRole;
    pub use super::create_agent::Input as CreateAgent;
    pub use super::create_brand::Input as CreateBrand;
    pub use super::create_role::Input as CreateRole;
    pub use super::create_team::Input as CreateTeam;
    pub use super::create_token::Input as CreateToken;
    pub use super::end_session::Input as EndSession;
    pub use super::invite::Input as Invite;
    pub use super::request_reset::Input as RequestReset;
    pub use super::reset_password::Input as ResetPassword;
    pub use super::revoke_token::Input as RevokeToken;
    pub use super::set_members::Input as SetMembers;
    pub use super::sign_in::Input as SignIn;
}

use base::Result;
use base::error::{conflict, forbidden, internal, invalid};
use base::secrets::token_hash;
use journal::registry::Verb;
use journal::{Cx, Grants, Note, Who};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::events;
use crate::model::{AgentId, OWNER, Role, SessionId, TokenId, expand};
use crate::store;

pub(crate) fn verbs() -> Vec<Verb> {
    vec![
        Verb::of::<AcceptInvitation>(),
        Verb::of::<ChangeAgent>(),
        Verb::of::<ChangeProfile>(),
        Verb::of::<ChangeRole>(),
        Verb::of::<CreateAgent>(),
        Verb::of::<CreateBrand>(),
        Verb::of::<CreateRole>(),
        Verb::of::<CreateTeam>(),
        Verb::of::<CreateToken>(),
        Verb::of::<EndSession>(),
        Verb::of::<Invite>(),
        Verb::of::<RequestReset>(),
        Verb::of::<ResetPassword>(),
        Verb::of::<RevokeToken>(),
        Verb::of::<SetMembers>(),
        Verb::of::<SignIn>(),
    ]
}

/// A new session; the token is told this once.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Opened {
    pub agent_id: AgentId,
    pub session_id: SessionId,
    pub token: String,
}

/// A new API token; it is told this once.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Minted {
    pub id: TokenId,
    pub token: String,
}

fn open_session(cx: &mut Cx, agent: AgentId, token: &str, device: &str) -> Result<Opened> {
    let until = cx.now().plus_seconds(crate::model::SESSION_SECONDS);
    let device = base::text::without_nul(base::text::cut(device, 200));
    let session_id = store::insert_session(cx, agent, &token_hash(token), &device, until)?;
    cx.record(Note::new(events::SESSION_STARTED, "session", session_id.0).with("agent_id", agent))?;
    Ok(Opened { agent_id: agent, session_id, token: token.to_owned() })
}

/// Every browser of an agent has to sign in again.
fn end_sessions(cx: &mut Cx, agent: AgentId) -> Result<()> {
    for session in store::delete_sessions_of(cx, agent)? {
        cx.record(Note::new(events::SESSION_ENDED, "session", session.0).with("agent_id", agent))?;
    }
    Ok(())
}

/// Nobody can hand out, or take away, what he has not himself; owners are made by owners alone.
fn must_give(cx: &mut Cx, role: &Role) -> Result<()> {
    let (agent, system) = (cx.caller().agent_id(), matches!(cx.caller().who, Who::System));
    if system {
        return Ok(());
    }
    let refuse = || forbidden("role_too_strong", "This role may do more than yours.");
    if role.name == OWNER {
        let own = agent.map(|id| store::find_agent(cx, AgentId(id))).transpose()?.flatten();
        return own.filter(|own| own.role == OWNER).map(drop).ok_or_else(refuse);
    }
    must_give_grants(cx, &role.grants)
}

fn must_give_grants(cx: &mut Cx, grants: &[String]) -> Result<()> {
    let refuse = || forbidden("role_too_strong", "This role may do more than yours.");
    match &cx.caller().grants {
        Grants::All => Ok(()),
        Grants::Some(_) if grants.iter().any(|grant| grant == "*") => Err(refuse()),
        Grants::Some(own) => match expand(grants, &cx.registry().grants()).is_subset(own) {
            true => Ok(()),
            false => Err(refuse()),
        },
    }
}

/// Refuses a change of a row that is not what the caller saw.
fn check_version(seen: Option<i64>, version: i64, present: &impl Serialize) -> Result<()> {
    if seen.is_none_or(|seen| seen == version) {
        return Ok(());
    }
    let refused = conflict("version_conflict", "Somebody else has changed this meanwhile.");
    Err(refused.with_present(serde_json::to_value(present)?))
}

fn check_grants(grants: &[String]) -> Result<()> {
    let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || b"._-*".contains(&c);
    let fine = |grant: &String| (1..=100).contains(&grant.len()) && grant.bytes().all(plain);
    match grants.len() <= 500 && grants.iter().all(fine) {
        true => Ok(()),
        false => {
            Err(invalid("grants_invalid", "A permission is named as in noun.verb or noun.*.").field("grants"))
        }
    }
}

/// What `prepare` has made; actions that skip it can't run.
fn prepared<T>(value: &Option<T>) -> Result<&T> {
    value.as_ref().ok_or_else(|| internal("an action ran without its preparation"))
}
