//! What goes on beside a conversation: forwards to third parties.

use base::error::not_found;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Created, Envelope, House, IfMatch, Json, Keyed, Path, Result};

use crate::actions::answer_side::{self, AnswerSide};
use crate::actions::forward::{self, Forward};
use crate::model::{ConversationId, SideId};
use crate::present::{self, Shown, ShownSide};
use crate::store::side::find_side;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(forward)).routes(routes!(answer)).routes(routes!(one))
}

/// Forwards messages to a third party, whose answer stays beside the conversation.
#[utoipa::path(post, path = "/api/conversations/{id}/sides", params(("id" = i64, Path)),
    request_body = forward::Input,
    responses((status = 201, body = Shown), (status = 400, body = Envelope), (status = 409, body = Envelope)))]
async fn forward(
    at: At,
    Path(id): Path<ConversationId>,
    IfMatch(version): IfMatch,
    Keyed(mut input, key): Keyed<forward::Input>,
) -> Result<Created<Shown>> {
    input.conversation_id = Some(id);
    input.version = version.or(input.version);
    Ok(at.act::<Forward>(key, input).await?.created())
}

/// Writes to the same third party again.
#[utoipa::path(post, path = "/api/sides/{id}/messages", params(("id" = i64, Path)),
    request_body = answer_side::Answer,
    responses((status = 201, body = Shown), (status = 400, body = Envelope), (status = 404, body = Envelope)))]
async fn answer(
    at: At,
    Path(id): Path<SideId>,
    Keyed(mut input, key): Keyed<answer_side::Answer>,
) -> Result<Created<Shown>> {
    input.side_id = Some(id);
    Ok(at.act::<AnswerSide>(key, input).await?.created())
}

/// With whom something goes on, and beside which conversation.
#[utoipa::path(get, path = "/api/sides/{id}", params(("id" = i64, Path)),
    responses((status = 200, body = ShownSide), (status = 404, body = Envelope)))]
async fn one(at: At, Path(id): Path<SideId>) -> Result<Json<ShownSide>> {
    let found = at
        .read(move |cx| {
            let scope = people::scope(cx)?;
            find_side(cx, &scope, id)?.ok_or_else(|| not_found("side_not_found"))
        })
        .await?;
    Ok(Json(present::side(found)))
}
