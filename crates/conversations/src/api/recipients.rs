//! Who would get an answer, and by which channels one can go.

use base::error::not_found;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Envelope, House, Json, Path, Query, Result};

use crate::model::{Audience, ConversationId, Wish};
use crate::recipients::{Proposal, propose};
use crate::store::conversation::find_conversation;
use crate::ways::{Way, ways};

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(proposed, judged)).routes(routes!(channels))
}

#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = RecipientsWish)]
struct Fields {
    channel: Option<String>,
    audience: Option<Audience>,
    to: Option<Vec<String>>,
    cc: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Choice {
    channel: Option<String>,
    audience: Option<Audience>,
}

/// Who would get an answer, and why.
#[utoipa::path(get, path = "/api/conversations/{id}/recipients",
    params(("id" = i64, Path), ("channel" = Option<String>, Query), ("audience" = Option<Audience>, Query)),
    responses((status = 200, body = Proposal), (status = 404, body = Envelope)))]
async fn proposed(
    at: At,
    Path(id): Path<ConversationId>,
    Query(choice): Query<Choice>,
) -> Result<Json<Proposal>> {
    let Choice { channel, audience } = choice;
    judge(at, id, Fields { channel, audience, ..Fields::default() }).await
}

/// The same judgement of what stands in the fields now.
#[utoipa::path(post, path = "/api/conversations/{id}/recipients", params(("id" = i64, Path)),
    request_body = Fields, responses((status = 200, body = Proposal), (status = 404, body = Envelope)))]
async fn judged(
    at: At,
    Path(id): Path<ConversationId>,
    Json(fields): Json<Fields>,
) -> Result<Json<Proposal>> {
    at.caller.must("conversation.reply")?;
    judge(at, id, fields).await
}

/// More addresses than anybody types are not looked at one by one.
const MOST_LOOKED_AT: usize = 200;

async fn judge(at: At, id: ConversationId, mut fields: Fields) -> Result<Json<Proposal>> {
    for list in fields.to.iter_mut().chain(fields.cc.iter_mut()) {
        list.truncate(MOST_LOOKED_AT);
    }
    let proposal = at
        .read(move |cx| {
            let scope = people::scope(cx)?;
            let c = find_conversation(cx, &scope, id)?.ok_or_else(|| not_found("conversation_not_found"))?;
            let wish = Wish {
                channel: fields.channel.as_deref(),
                audience: fields.audience,
                to: fields.to.as_deref(),
                cc: fields.cc.as_deref(),
            };
            propose(cx, &c, &wish)
        })
        .await?;
    Ok(Json(proposal))
}

/// By which channels an answer can go, and why not by the others.
#[utoipa::path(get, path = "/api/conversations/{id}/channels", params(("id" = i64, Path)),
    responses((status = 200, body = Vec<Way>), (status = 404, body = Envelope)))]
async fn channels(at: At, Path(id): Path<ConversationId>) -> Result<Json<Vec<Way>>> {
    let ways = at
        .read(move |cx| {
            let scope = people::scope(cx)?;
            let c = find_conversation(cx, &scope, id)?.ok_or_else(|| not_found("conversation_not_found"))?;
            let customer = customers::customer(cx, &scope, c.requester_id)?;
            ways(cx, &c, &customer)
        })
        .await?;
    Ok(Json(ways))
}
