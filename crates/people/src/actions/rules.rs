//! What several verbs share: new sessions and tokens, and who may give which permission.

use base::Result;
use base::error::{conflict, forbidden, internal, invalid};
use base::secrets::token_hash;
use journal::{Cx, Grants, Note, Who};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::events;
use crate::model::{AgentId, OWNER, Role, SessionId, TokenId, expand};
use crate::store;

/// A new session; the token is told this once.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = SessionOpened)]
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

pub(super) fn open_session(cx: &mut Cx, agent: AgentId, token: &str, device: &str) -> Result<Opened> {
    let until = cx.now().plus_seconds(crate::model::SESSION_SECONDS);
    let device = base::text::without_nul(base::text::cut(device, 200));
    let session_id = store::insert_session(cx, agent, &token_hash(token), &device, until)?;
    cx.record(Note::new(events::SESSION_STARTED, "session", session_id.0).with("agent_id", agent))?;
    Ok(Opened { agent_id: agent, session_id, token: token.to_owned() })
}

/// Every browser of an agent has to sign in again.
pub(super) fn end_sessions(cx: &mut Cx, agent: AgentId) -> Result<()> {
    end_other_sessions(cx, agent, None).map(drop)
}

/// Every browser of an agent but this one has to sign in again; answers how many there were.
pub(super) fn end_other_sessions(cx: &mut Cx, agent: AgentId, but: Option<SessionId>) -> Result<i64> {
    let ended = store::delete_sessions_of(cx, agent, but)?;
    for session in &ended {
        cx.record(Note::new(events::SESSION_ENDED, "session", session.0).with("agent_id", agent))?;
    }
    Ok(ended.len() as i64)
}

/// Nobody can hand out, or take away, what he has not himself; owners are made by owners alone.
pub(super) fn must_give(cx: &mut Cx, role: &Role) -> Result<()> {
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

pub(super) fn must_give_grants(cx: &mut Cx, grants: &[String]) -> Result<()> {
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
pub(super) fn check_version(seen: Option<i64>, version: i64, present: &impl Serialize) -> Result<()> {
    if seen.is_none_or(|seen| seen == version) {
        return Ok(());
    }
    let refused = conflict("version_conflict", "Somebody else has changed this meanwhile.");
    Err(refused.with_present(serde_json::to_value(present)?))
}

pub(super) fn check_grants(grants: &[String]) -> Result<()> {
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
pub(super) fn prepared<T>(value: &Option<T>) -> Result<&T> {
    value.as_ref().ok_or_else(|| internal("an action ran without its preparation"))
}
