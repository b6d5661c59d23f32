//! The own conversations of a visitor who has proven who it is.

use base::error::forbidden;
use conversations::model::ConversationId;
use conversations::store::conversation::find_conversation;
use people::Scope;
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Envelope, House, Json, Path, Result};

use super::guest::Visiting;
use crate::actions::visitor::{Guest, proven_customer};
use crate::model::Proven;
use crate::present;
use crate::store::own;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(list_own)).routes(routes!(show_own))
}

/// The own conversations of whoever has proven who it is.
#[utoipa::path(get, path = "/api/chat/{key}/conversations", params(("key" = String, Path)),
    responses((status = 200, body = Value), (status = 403, body = Envelope)))]
async fn list_own(at: Visiting) -> Result<Json<Value>> {
    let (front, who) = (at.front, verified(&at.guest)?);
    let items = front
        .write(move |cx| {
            let customer = proven_customer(cx, &who)?;
            own::list_own(cx, customer)
        })
        .await?;
    Ok(Json(json!({"items": items})))
}

fn verified(guest: &Guest) -> Result<Proven> {
    let refuse = || forbidden("verified_only", "Only a visitor who is signed in can do this.");
    Ok(guest.bearer.proven.clone().ok_or_else(refuse)?)
}

/// One of the own conversations: never notes, never what goes on beside it.
#[utoipa::path(get, path = "/api/chat/{key}/conversations/{id}",
    params(("key" = String, Path), ("id" = i64, Path)),
    responses((status = 200, body = Value), (status = 404, body = Envelope)))]
async fn show_own(at: Visiting, Path((_, id)): Path<(String, ConversationId)>) -> Result<Json<Value>> {
    let (front, who) = (at.front, verified(&at.guest)?);
    let key = front.widget.key.clone();
    let shown = front
        .write(move |cx| {
            let customer = proven_customer(cx, &who)?;
            let scope = Scope::Customer { id: customer.0 };
            let found = find_conversation(cx, &scope, id)?;
            let c = found.ok_or_else(|| base::error::not_found("conversation_not_found"))?;
            let lines = own::list_messages(cx, c.id)?;
            let messages = present::messages(cx, &key, lines)?;
            Ok(json!({"id": c.id, "number": c.number, "subject": c.subject, "status": c.status, "messages": messages}))
        })
        .await?;
    Ok(Json(shown))
}
