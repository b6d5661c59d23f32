//! What other crates ask of the staff.

use base::Result;
use base::error::{internal, not_found};
use journal::{Caller, Cx, Grants, Who};

use crate::model::{Agent, AgentId, Brand, BrandId, Reach, Scope, Team, TeamId, TokenView, expand};
use crate::store;

/// What the caller may see.
pub fn scope(cx: &mut Cx) -> Result<Scope> {
    match cx.caller().who {
        Who::System | Who::Reaction(_) | Who::Rule(_) => Ok(Scope::All),
        Who::Customer { id, verified: true } => Ok(Scope::Customer { id }),
        // A claim proves nothing, so it shows nothing.
        Who::Customer { verified: false, .. } => Ok(Scope::None),
        Who::Agent(id) | Who::Token { agent: id, .. } => scope_of(cx, AgentId(id)),
    }
}

fn scope_of(cx: &mut Cx, agent: AgentId) -> Result<Scope> {
    let standing = store::find_standing(cx, agent)?.filter(|standing| standing.active);
    Ok(match standing.map(|standing| standing.reach) {
        None => Scope::None,
        Some(Reach::All) => Scope::All,
        Some(Reach::Own) => Scope::Own { agent },
        Some(Reach::Teams) => Scope::Teams { agent, teams: store::list_teams_of(cx, agent)? },
        Some(Reach::Brands) => Scope::Brands { agent, brands: store::list_brands_of(cx, agent)? },
    })
}

/// The agent as a caller, for what one does who has proven to be it by other means than a session. `None` when the
/// agent is not active.
pub fn caller_of(cx: &mut Cx, agent: AgentId) -> Result<Option<Caller>> {
    let Some(standing) = store::find_standing(cx, agent)?.filter(|standing| standing.active) else {
        return Ok(None);
    };
    let patterns: Vec<String> = serde_json::from_value(standing.grants)?;
    let grants = match patterns.iter().any(|pattern| pattern == "*") {
        true => Grants::All,
        false => Grants::some(expand(&patterns, &cx.registry().grants())),
    };
    Ok(Some(Caller { who: Who::Agent(agent.0), grants }))
}

/// The members of one team, archived or not.
pub fn members(cx: &mut Cx, team: TeamId) -> Result<Vec<AgentId>> {
    store::list_members(cx, team)
}

pub fn agent(cx: &mut Cx, id: AgentId) -> Result<Agent> {
    store::find_agent(cx, id)?.ok_or_else(|| not_found("agent_not_found"))
}

/// The first thousand: what a picker can show.
pub fn agents(cx: &mut Cx) -> Result<Vec<Agent>> {
    store::list_agents(cx)
}

/// What the agents are called, those too who have left.
pub fn agent_names(cx: &mut Cx) -> Result<Vec<String>> {
    store::list_agent_names(cx)
}

pub fn agents_by_email(cx: &mut Cx, email: &str) -> Result<Option<Agent>> {
    store::find_agent_by_email(cx, email)
}

/// Without their secrets, which nobody keeps.
pub fn tokens(cx: &mut Cx, agent: AgentId) -> Result<Vec<TokenView>> {
    store::list_tokens(cx, agent)
}

pub fn is_active(cx: &mut Cx, id: AgentId) -> Result<bool> {
    Ok(store::find_agent(cx, id)?.is_some_and(|agent| agent.active))
}

/// The team of what names no other.
pub fn team_default(cx: &mut Cx) -> Result<Option<TeamId>> {
    store::find_first_team(cx)
}

/// Whether a team exists and may be given something.
pub fn is_team_in_use(cx: &mut Cx, team: TeamId) -> Result<bool> {
    Ok(store::find_team(cx, team)?.is_some_and(|team| !team.archived))
}

/// When a team is at work; `None` is always.
pub fn hours(cx: &mut Cx, team: TeamId) -> Result<Option<::hours::Schedule>> {
    match store::find_hours(cx, team)? {
        Some(found) => Ok(serde_json::from_value(found.schedule)?),
        None => Ok(None),
    }
}

/// The teams of one agent.
pub fn team_ids(cx: &mut Cx, agent: AgentId) -> Result<Vec<TeamId>> {
    store::list_teams_of(cx, agent)
}

/// The archived ones too: what they have keeps its name.
pub fn teams_ever(cx: &mut Cx) -> Result<Vec<Team>> {
    store::list_teams(cx)
}

pub fn brands(cx: &mut Cx) -> Result<Vec<Brand>> {
    store::list_brands(cx)
}

/// The brand of what names no other.
pub fn brand_default(cx: &mut Cx) -> Result<BrandId> {
    store::find_usual_brand(cx)?.ok_or_else(|| internal("the workspace has no brand: it was not founded"))
}

/// The agent who acts, also through a token; what needs one refuses the others.
pub fn acting_agent(cx: &Cx) -> Result<AgentId> {
    let agent = cx.caller().agent_id().map(AgentId);
    agent.ok_or_else(|| base::error::forbidden("agents_only", "Only an agent can do this."))
}
