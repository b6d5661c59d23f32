//! The rules of a workspace: how long answers are held, when solved conversations are closed.

use journal::settings;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Done, Envelope, House, Json, Result};

use crate::actions::set_rules::SetRules;
use crate::settings::Rules;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(rules, set_rules))
}

/// The rules as they are.
#[utoipa::path(get, path = "/api/conversation-rules", responses((status = 200, body = Rules)))]
async fn rules(at: At) -> Result<Json<Rules>> {
    at.caller.must("conversation.set_rules")?;
    Ok(Json(at.read(settings::get::<Rules>).await?))
}

/// Sets the rules; what is left out gets its usual value.
#[utoipa::path(put, path = "/api/conversation-rules", request_body = Rules,
    responses((status = 200, body = Rules), (status = 400, body = Envelope), (status = 403, body = Envelope)))]
async fn set_rules(at: At, Json(input): Json<Rules>) -> Result<Done<Rules>> {
    at.act::<SetRules>(None, input).await
}
