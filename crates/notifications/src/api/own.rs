//! One's own choice of notifications.

use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Done, Envelope, House, IfMatch, Json, Result};

use crate::actions::choose::{self, Choose};
use crate::model::Choices;
use crate::store::choices::get_choices;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(show, choose))
}

/// What one is told by mail.
#[utoipa::path(get, path = "/api/profile/notifications", responses((status = 200, body = Choices)))]
async fn show(at: At) -> Result<Done<Choices>> {
    let choices = at
        .read(|cx| {
            let agent = people::acting_agent(cx)?;
            get_choices(cx, agent)
        })
        .await?;
    Ok(Done::new(choices).version(choices.version))
}

/// A choice.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NotificationChoicesBody)]
struct Body {
    mentioned: bool,
    assigned: bool,
    replied: bool,
    unassigned: bool,
    undelivered: bool,
    at_desk: bool,
}

/// Chooses what one is told by mail.
#[utoipa::path(
    put,
    path = "/api/profile/notifications",
    request_body = Body,
    responses((status = 200, body = Choices), (status = 409, body = Envelope))
)]
async fn choose(at: At, IfMatch(version): IfMatch, Json(body): Json<Body>) -> Result<Done<Choices>> {
    let Body { mentioned, assigned, replied, unassigned, undelivered, at_desk } = body;
    let input = choose::Input { mentioned, assigned, replied, unassigned, undelivered, at_desk, version };
    let done = at.act::<Choose>(None, input).await?;
    let version = done.body.version;
    Ok(done.version(version))
}
