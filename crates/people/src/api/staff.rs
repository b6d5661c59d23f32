//! Agents, teams, brands and roles.

use base::{Ask, Page};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{At, Created, Done, Envelope, IfMatch, Json, Keyed, Path, Query, Result};

use crate::actions::{
    ChangeAgent, ChangeRole, CreateAgent, CreateBrand, CreateRole, CreateTeam, Invite, Invited, SetMembers,
    input,
};
use crate::door;
use crate::model::{AgentId, AgentView, Brand, Reach, Role, RoleId, Team, TeamId};
use crate::store;

/// Everybody who works here, by the order in which they came.
#[utoipa::path(
    get,
    path = "/api/agents",
    params(("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = Page<AgentView>))
)]
pub(crate) async fn list_agents(at: At, Query(ask): Query<Ask>) -> Result<Json<Page<AgentView>>> {
    let after = AgentId(ask.after("agents")?.unwrap_or(0));
    let fetch = ask.fetch();
    let agents = at.read(move |cx| store::list_agents_after(cx, after, fetch)).await?;
    Ok(Json(ask.page("agents", agents, |agent| agent.id.0).map(AgentView::from)))
}

/// Makes an agent without a mail.
#[utoipa::path(post, path = "/api/agents", request_body = input::CreateAgent, responses((status = 201, body = AgentView)))]
pub(crate) async fn create_agent(
    at: At,
    Keyed(input, key): Keyed<input::CreateAgent>,
) -> Result<Created<AgentView>> {
    let id = at.act::<CreateAgent>(key, input).await?.body;
    let agent = at.read(move |cx| door::agent(cx, id)).await?;
    Ok(Done::new(AgentView::from(agent)).created())
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AgentChange {
    name: Option<String>,
    role: Option<String>,
    active: Option<bool>,
}

/// Changes an agent's name, role or standing.
#[utoipa::path(
    put,
    path = "/api/agents/{id}",
    params(("id" = AgentId, Path)),
    request_body = AgentChange,
    responses((status = 200, body = AgentView), (status = 409, body = Envelope))
)]
pub(crate) async fn change_agent(
    at: At,
    Path(id): Path<AgentId>,
    IfMatch(version): IfMatch,
    Json(body): Json<AgentChange>,
) -> Result<Done<AgentView>> {
    let AgentChange { name, role, active } = body;
    let input = input::ChangeAgent { agent_id: Some(id), version, name, role, active };
    let done = at.act::<ChangeAgent>(None, input).await?;
    let version = done.body.version;
    Ok(done.version(version))
}

/// Invites somebody by mail.
#[utoipa::path(
    post,
    path = "/api/invitations",
    request_body = input::Invite,
    responses((status = 201, body = Invited), (status = 409, body = Envelope))
)]
pub(crate) async fn invite(at: At, Keyed(input, key): Keyed<input::Invite>) -> Result<Created<Invited>> {
    Ok(at.act::<Invite>(key, input).await?.created())
}

#[utoipa::path(get, path = "/api/teams", responses((status = 200, body = Vec<Team>)))]
pub(crate) async fn list_teams(at: At) -> Result<Json<Vec<Team>>> {
    Ok(Json(at.read(door::teams).await?))
}

#[utoipa::path(post, path = "/api/teams", request_body = input::CreateTeam, responses((status = 201, body = Team)))]
pub(crate) async fn create_team(
    at: At,
    Keyed(input, key): Keyed<input::CreateTeam>,
) -> Result<Created<Team>> {
    Ok(at.act::<CreateTeam>(key, input).await?.created())
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Members {
    agent_ids: Vec<AgentId>,
}

#[utoipa::path(get, path = "/api/teams/{id}/members", params(("id" = TeamId, Path)), responses((status = 200, body = Members)))]
pub(crate) async fn list_members(at: At, Path(id): Path<TeamId>) -> Result<Json<Members>> {
    let look = move |cx: &mut journal::Cx<'_, '_>| {
        store::find_team(cx, id)?.ok_or_else(|| base::error::not_found("team_not_found"))?;
        store::list_members(cx, id)
    };
    Ok(Json(Members { agent_ids: at.read(look).await? }))
}

/// Says who is in a team: the whole list.
#[utoipa::path(
    put,
    path = "/api/teams/{id}/members",
    params(("id" = TeamId, Path)),
    request_body = Members,
    responses((status = 200, body = Members))
)]
pub(crate) async fn set_members(
    at: At,
    Path(team_id): Path<TeamId>,
    Json(body): Json<Members>,
) -> Result<Done<Members>> {
    let input = input::SetMembers { team_id, agent_ids: body.agent_ids };
    Ok(at.act::<SetMembers>(None, input).await?.map(|agent_ids| Members { agent_ids }))
}

#[utoipa::path(get, path = "/api/brands", responses((status = 200, body = Vec<Brand>)))]
pub(crate) async fn list_brands(at: At) -> Result<Json<Vec<Brand>>> {
    Ok(Json(at.read(door::brands).await?))
}

#[utoipa::path(post, path = "/api/brands", request_body = input::CreateBrand, responses((status = 201, body = Brand)))]
pub(crate) async fn create_brand(
    at: At,
    Keyed(input, key): Keyed<input::CreateBrand>,
) -> Result<Created<Brand>> {
    Ok(at.act::<CreateBrand>(key, input).await?.created())
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Roles {
    items: Vec<Role>,
    /// Every permission there is.
    grants: Vec<String>,
}

/// The roles, and what they can be made of.
#[utoipa::path(get, path = "/api/roles", responses((status = 200, body = Roles)))]
pub(crate) async fn list_roles(at: At) -> Result<Json<Roles>> {
    let items = at.read(store::list_roles).await?;
    let grants = at.house.registry().grants().into_iter().map(str::to_owned).collect();
    Ok(Json(Roles { items, grants }))
}

#[utoipa::path(post, path = "/api/roles", request_body = input::CreateRole, responses((status = 201, body = Role)))]
pub(crate) async fn create_role(
    at: At,
    Keyed(input, key): Keyed<input::CreateRole>,
) -> Result<Created<Role>> {
    Ok(at.act::<CreateRole>(key, input).await?.created())
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleChange {
    grants: Vec<String>,
    reach: Reach,
}

/// Changes what a role may do and see.
#[utoipa::path(
    put,
    path = "/api/roles/{id}",
    params(("id" = RoleId, Path)),
    request_body = RoleChange,
    responses((status = 200, body = Role), (status = 409, body = Envelope))
)]
pub(crate) async fn change_role(
    at: At,
    Path(role_id): Path<RoleId>,
    IfMatch(version): IfMatch,
    Json(body): Json<RoleChange>,
) -> Result<Done<Role>> {
    let input = input::ChangeRole { role_id, version, grants: body.grants, reach: body.reach };
    let done = at.act::<ChangeRole>(None, input).await?;
    let version = done.body.version;
    Ok(done.version(version))
}
