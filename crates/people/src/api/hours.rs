//! The hours of teams.

use hours::Schedule;
use serde::Deserialize;
use utoipa::ToSchema;
use web::{At, Done, Envelope, IfMatch, Json, Path, Result};

use crate::actions::{SetHours, TeamHoursView, input, team_hours};
use crate::model::TeamId;

/// When a team is at work.
#[utoipa::path(
    get,
    path = "/api/teams/{id}/hours",
    params(("id" = TeamId, Path)),
    responses((status = 200, body = TeamHoursView), (status = 404, body = Envelope))
)]
pub(crate) async fn show_hours(at: At, Path(id): Path<TeamId>) -> Result<Done<TeamHoursView>> {
    let shown = at.read(move |cx| team_hours(cx, id)).await?;
    let version = shown.version;
    Ok(Done::new(shown).version(version))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TeamHoursBody {
    #[schema(value_type = Option<Object>)]
    schedule: Option<Schedule>,
}

/// Sets when a team is at work; null is always.
#[utoipa::path(
    put,
    path = "/api/teams/{id}/hours",
    params(("id" = TeamId, Path)),
    request_body = TeamHoursBody,
    responses((status = 200, body = TeamHoursView), (status = 409, body = Envelope))
)]
pub(crate) async fn set_hours(
    at: At,
    Path(id): Path<TeamId>,
    IfMatch(version): IfMatch,
    Json(body): Json<TeamHoursBody>,
) -> Result<Done<TeamHoursView>> {
    let input = input::SetHours { team_id: id, schedule: body.schedule, version };
    let done = at.act::<SetHours>(None, input).await?;
    let version = done.body.version;
    Ok(done.version(version))
}
