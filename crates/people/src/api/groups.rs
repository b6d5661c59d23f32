//! Teams and brands, and who is in them.

use base::error::not_found;
use journal::Cx;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{At, Created, Done, Envelope, IfMatch, Json, Keyed, Path, Result};

use crate::actions::{ChangeBrand, ChangeTeam, CreateBrand, CreateTeam, SetBrandMembers, SetMembers, input};
use crate::door;
use crate::model::{AgentId, Brand, BrandId, Team, TeamId};
use crate::store;

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Members {
    agent_ids: Vec<AgentId>,
}

/// What is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroupChange {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    archived: Option<bool>,
}

/// All teams, the archived ones too.
#[utoipa::path(get, path = "/api/teams", responses((status = 200, body = Vec<Team>)))]
pub(crate) async fn list_teams(at: At) -> Result<Json<Vec<Team>>> {
    Ok(Json(at.read(door::teams_ever).await?))
}

/// Makes a team.
#[utoipa::path(post, path = "/api/teams", request_body = input::CreateTeam, responses((status = 201, body = Team)))]
pub(crate) async fn create_team(
    at: At,
    Keyed(input, key): Keyed<input::CreateTeam>,
) -> Result<Created<Team>> {
    Ok(at.act::<CreateTeam>(key, input).await?.created())
}

/// One team.
#[utoipa::path(
    get,
    path = "/api/teams/{id}",
    params(("id" = TeamId, Path)),
    responses((status = 200, body = Team), (status = 404, body = Envelope))
)]
pub(crate) async fn show_team(at: At, Path(id): Path<TeamId>) -> Result<Done<Team>> {
    let team = at.read(move |cx| known_team(cx, id)).await?;
    let version = team.version;
    Ok(Done::new(team).version(version))
}

fn known_team(cx: &mut Cx<'_, '_>, id: TeamId) -> base::Result<Team> {
    store::find_team(cx, id)?.ok_or_else(|| not_found("team_not_found"))
}

/// Renames a team, archives it or brings it back.
#[utoipa::path(
    patch,
    path = "/api/teams/{id}",
    params(("id" = TeamId, Path)),
    request_body = GroupChange,
    responses((status = 200, body = Team), (status = 404, body = Envelope), (status = 409, body = Envelope))
)]
pub(crate) async fn change_team(
    at: At,
    Path(team_id): Path<TeamId>,
    IfMatch(version): IfMatch,
    Json(body): Json<GroupChange>,
) -> Result<Done<Team>> {
    let GroupChange { name, archived } = body;
    let input = input::ChangeTeam { team_id, version, name, archived };
    let done = at.act::<ChangeTeam>(None, input).await?;
    let version = done.body.version;
    Ok(done.version(version))
}

/// Who is in a team.
#[utoipa::path(
    get,
    path = "/api/teams/{id}/members",
    params(("id" = TeamId, Path)),
    responses((status = 200, body = Members), (status = 404, body = Envelope))
)]
pub(crate) async fn list_team_members(at: At, Path(id): Path<TeamId>) -> Result<Done<Members>> {
    let look = move |cx: &mut Cx<'_, '_>| {
        let team = known_team(cx, id)?;
        Ok((store::list_members(cx, id)?, team.version))
    };
    let (agent_ids, version) = at.read(look).await?;
    Ok(Done::new(Members { agent_ids }).version(version))
}

/// Says who is in a team: the whole list.
#[utoipa::path(
    put,
    path = "/api/teams/{id}/members",
    params(("id" = TeamId, Path)),
    request_body = Members,
    responses((status = 200, body = Members), (status = 404, body = Envelope), (status = 409, body = Envelope))
)]
pub(crate) async fn set_team_members(
    at: At,
    Path(team_id): Path<TeamId>,
    IfMatch(version): IfMatch,
    Json(body): Json<Members>,
) -> Result<Done<Members>> {
    let input = input::SetMembers { team_id, version, agent_ids: body.agent_ids };
    Ok(at.act::<SetMembers>(None, input).await?.map(|agent_ids| Members { agent_ids }))
}

/// All brands, the archived ones too.
#[utoipa::path(get, path = "/api/brands", responses((status = 200, body = Vec<Brand>)))]
pub(crate) async fn list_brands(at: At) -> Result<Json<Vec<Brand>>> {
    Ok(Json(at.read(door::brands).await?))
}

/// Makes a brand.
#[utoipa::path(post, path = "/api/brands", request_body = input::CreateBrand, responses((status = 201, body = Brand)))]
pub(crate) async fn create_brand(
    at: At,
    Keyed(input, key): Keyed<input::CreateBrand>,
) -> Result<Created<Brand>> {
    Ok(at.act::<CreateBrand>(key, input).await?.created())
}

/// One brand.
#[utoipa::path(
    get,
    path = "/api/brands/{id}",
    params(("id" = BrandId, Path)),
    responses((status = 200, body = Brand), (status = 404, body = Envelope))
)]
pub(crate) async fn show_brand(at: At, Path(id): Path<BrandId>) -> Result<Done<Brand>> {
    let brand = at.read(move |cx| known_brand(cx, id)).await?;
    let version = brand.version;
    Ok(Done::new(brand).version(version))
}

fn known_brand(cx: &mut Cx<'_, '_>, id: BrandId) -> base::Result<Brand> {
    store::find_brand(cx, id)?.ok_or_else(|| not_found("brand_not_found"))
}

/// Renames a brand, archives it or brings it back.
#[utoipa::path(
    patch,
    path = "/api/brands/{id}",
    params(("id" = BrandId, Path)),
    request_body = GroupChange,
    responses((status = 200, body = Brand), (status = 404, body = Envelope), (status = 409, body = Envelope))
)]
pub(crate) async fn change_brand(
    at: At,
    Path(brand_id): Path<BrandId>,
    IfMatch(version): IfMatch,
    Json(body): Json<GroupChange>,
) -> Result<Done<Brand>> {
    let GroupChange { name, archived } = body;
    let input = input::ChangeBrand { brand_id, version, name, archived };
    let done = at.act::<ChangeBrand>(None, input).await?;
    let version = done.body.version;
    Ok(done.version(version))
}

/// Who is with a brand.
#[utoipa::path(
    get,
    path = "/api/brands/{id}/members",
    params(("id" = BrandId, Path)),
    responses((status = 200, body = Members), (status = 404, body = Envelope))
)]
pub(crate) async fn list_brand_members(at: At, Path(id): Path<BrandId>) -> Result<Done<Members>> {
    let look = move |cx: &mut Cx<'_, '_>| {
        let brand = known_brand(cx, id)?;
        Ok((store::list_brand_members(cx, id)?, brand.version))
    };
    let (agent_ids, version) = at.read(look).await?;
    Ok(Done::new(Members { agent_ids }).version(version))
}

/// Says who is with a brand: the whole list.
#[utoipa::path(
    put,
    path = "/api/brands/{id}/members",
    params(("id" = BrandId, Path)),
    request_body = Members,
    responses((status = 200, body = Members), (status = 404, body = Envelope), (status = 409, body = Envelope))
)]
pub(crate) async fn set_brand_members(
    at: At,
    Path(brand_id): Path<BrandId>,
    IfMatch(version): IfMatch,
    Json(body): Json<Members>,
) -> Result<Done<Members>> {
    let input = input::SetBrandMembers { brand_id, version, agent_ids: body.agent_ids };
    Ok(at.act::<SetBrandMembers>(None, input).await?.map(|agent_ids| Members { agent_ids }))
}
