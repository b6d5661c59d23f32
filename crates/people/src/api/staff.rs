//! Agents, invitations and roles.

use base::{Ask, Page};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{At, Created, Done, Envelope, IfMatch, Json, Keyed, Nothing, Path, Query, Result};

use crate::actions::{
    ChangeAgent, ChangeRole, CreateAgent, CreateRole, Invite, Invited, RevokeInvitation, input,
};
use crate::door;
use crate::model::{AgentId, AgentView, InvitationId, Pending, Reach, Role, RoleId};
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

/// One agent.
#[utoipa::path(
    get,
    path = "/api/agents/{id}",
    params(("id" = AgentId, Path)),
    responses((status = 200, body = AgentView), (status = 404, body = Envelope))
)]
pub(crate) async fn show_agent(at: At, Path(id): Path<AgentId>) -> Result<Done<AgentView>> {
    let agent: AgentView = at.read(move |cx| door::agent(cx, id)).await?.into();
    let version = agent.version;
    Ok(Done::new(agent).version(version))
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

/// Who was invited and has not come yet, newest first.
#[utoipa::path(
    get,
    path = "/api/pending-invitations",
    params(("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = Page<Pending>), (status = 403, body = Envelope))
)]
pub(crate) async fn list_invitations(at: At, Query(ask): Query<Ask>) -> Result<Json<Page<Pending>>> {
    // Their addresses are nobody's business who can't invite.
    at.caller.must("agent.invite")?;
    let before = InvitationId(ask.after("invitations")?.unwrap_or(i64::MAX));
    let fetch = ask.fetch();
    let pending = at.read(move |cx| store::list_pending(cx, before, fetch)).await?;
    Ok(Json(ask.page("invitations", pending, |pending| pending.id.0)))
}

/// Takes an invitation back.
#[utoipa::path(
    delete,
    path = "/api/pending-invitations/{id}",
    params(("id" = InvitationId, Path)),
    responses((status = 204), (status = 404, body = Envelope))
)]
pub(crate) async fn revoke_invitation(at: At, Path(invitation_id): Path<InvitationId>) -> Result<Nothing> {
    at.act::<RevokeInvitation>(None, input::RevokeInvitation { invitation_id }).await?;
    Ok(Nothing::default())
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
