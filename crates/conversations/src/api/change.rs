//! States of a conversation as sub-resources: each route is one action.

use people::{AgentId, TeamId};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Done, Envelope, House, IfMatch, Json, Path, Result};

use crate::actions::assign::{self, Assign};
use crate::actions::change::{self, Change};
use crate::actions::delete::{self, Delete, Restore};
use crate::actions::follow::{self, Follow};
use crate::actions::join::{self, Join};
use crate::actions::mark_spam::{self, MarkSpam};
use crate::actions::set_status::{self, SetStatus};
use crate::model::{ConversationId, Status};
use crate::present::Row;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(set_status))
        .routes(routes!(assign))
        .routes(routes!(set_spam))
        .routes(routes!(set_followers))
        .routes(routes!(delete, patch))
        .routes(routes!(restore))
        .routes(routes!(join))
}

fn shown(done: Done<Row>) -> Done<Row> {
    let version = done.body.version;
    done.version(version)
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StatusBody {
    status: Status,
}

/// Sets the status.
#[utoipa::path(put, path = "/api/conversations/{id}/status", params(("id" = i64, Path)),
    request_body = StatusBody, responses((status = 200, body = Row), (status = 409, body = Envelope)))]
async fn set_status(
    at: At,
    Path(conversation_id): Path<ConversationId>,
    IfMatch(version): IfMatch,
    Json(body): Json<StatusBody>,
) -> Result<Done<Row>> {
    let input = set_status::Input { conversation_id, status: body.status, version, only_from: None };
    Ok(shown(at.act::<SetStatus>(None, input).await?))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AssignmentBody {
    assignee_id: Option<AgentId>,
    team_id: Option<TeamId>,
}

/// Hands a conversation to an agent and a team.
#[utoipa::path(put, path = "/api/conversations/{id}/assignment", params(("id" = i64, Path)),
    request_body = AssignmentBody, responses((status = 200, body = Row), (status = 409, body = Envelope)))]
async fn assign(
    at: At,
    Path(conversation_id): Path<ConversationId>,
    IfMatch(version): IfMatch,
    Json(body): Json<AssignmentBody>,
) -> Result<Done<Row>> {
    let AssignmentBody { assignee_id, team_id } = body;
    let input = assign::Input { conversation_id, assignee_id, team_id, version };
    Ok(shown(at.act::<Assign>(None, input).await?))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SpamBody {
    spam: bool,
}

/// Marks as spam, or takes the mark away.
#[utoipa::path(put, path = "/api/conversations/{id}/spam", params(("id" = i64, Path)),
    request_body = SpamBody, responses((status = 200, body = Row)))]
async fn set_spam(
    at: At,
    Path(conversation_id): Path<ConversationId>,
    IfMatch(version): IfMatch,
    Json(body): Json<SpamBody>,
) -> Result<Done<Row>> {
    let input = mark_spam::Input { conversation_id, spam: body.spam, version };
    Ok(shown(at.act::<MarkSpam>(None, input).await?))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FollowersBody {
    agent_ids: Vec<AgentId>,
}

/// Sets who follows.
#[utoipa::path(put, path = "/api/conversations/{id}/followers", params(("id" = i64, Path)),
    request_body = FollowersBody, responses((status = 200, body = Row)))]
async fn set_followers(
    at: At,
    Path(conversation_id): Path<ConversationId>,
    IfMatch(version): IfMatch,
    Json(body): Json<FollowersBody>,
) -> Result<Done<Row>> {
    let input = follow::Input { conversation_id, agent_ids: body.agent_ids, version };
    Ok(shown(at.act::<Follow>(None, input).await?))
}

/// Puts a conversation into the bin.
#[utoipa::path(delete, path = "/api/conversations/{id}", params(("id" = i64, Path)),
    responses((status = 200, body = Row), (status = 404, body = Envelope)))]
async fn delete(
    at: At,
    Path(conversation_id): Path<ConversationId>,
    IfMatch(version): IfMatch,
) -> Result<Done<Row>> {
    Ok(shown(at.act::<Delete>(None, delete::Input { conversation_id, version }).await?))
}

/// Changes several fields at once; an absent field stays as it is.
#[utoipa::path(patch, path = "/api/conversations/{id}", params(("id" = i64, Path)),
    request_body = change::Input, responses((status = 200, body = Row), (status = 400, body = Envelope)))]
async fn patch(
    at: At,
    Path(id): Path<ConversationId>,
    IfMatch(version): IfMatch,
    Json(input): Json<change::Input>,
) -> Result<Done<Row>> {
    change_fields(at, id, version, input).await
}

pub(super) async fn change_fields(
    at: At,
    id: ConversationId,
    version: Option<i64>,
    mut input: change::Input,
) -> Result<Done<Row>> {
    input.conversation_id = Some(id);
    input.version = version.or(input.version);
    Ok(shown(at.act::<Change>(None, input).await?))
}

/// Takes a conversation out of the bin.
#[utoipa::path(post, path = "/api/conversations/{id}/restoration", params(("id" = i64, Path)),
    responses((status = 200, body = Row), (status = 404, body = Envelope)))]
async fn restore(at: At, Path(conversation_id): Path<ConversationId>) -> Result<Done<Row>> {
    Ok(shown(at.act::<Restore>(None, delete::Input { conversation_id, version: None }).await?))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct JoinBody {
    into: ConversationId,
}

/// Joins a conversation into another one, which remains.
#[utoipa::path(post, path = "/api/conversations/{id}/join", params(("id" = i64, Path)),
    request_body = JoinBody, responses((status = 200, body = Row), (status = 409, body = Envelope)))]
async fn join(
    at: At,
    Path(conversation_id): Path<ConversationId>,
    IfMatch(version): IfMatch,
    Json(body): Json<JoinBody>,
) -> Result<Done<Row>> {
    let input = join::Input { conversation_id, into: body.into, version };
    Ok(shown(at.act::<Join>(None, input).await?))
}
