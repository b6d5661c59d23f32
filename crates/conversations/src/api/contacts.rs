//! Contacts that agents write down: calls, visits, letters.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Created, Envelope, House, IfMatch, Keyed, Path, Result};

use crate::actions::log::{self, Log};
use crate::actions::log_first::{self, LogFirst};
use crate::model::{ConversationId, Started};
use crate::present::Shown;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(log)).routes(routes!(log_first))
}

/// Writes a contact down in an open conversation.
#[utoipa::path(post, path = "/api/conversations/{id}/contacts", params(("id" = i64, Path)),
    request_body = log::Input,
    responses((status = 201, body = Shown), (status = 400, body = Envelope), (status = 409, body = Envelope)))]
async fn log(
    at: At,
    Path(id): Path<ConversationId>,
    IfMatch(version): IfMatch,
    Keyed(mut input, key): Keyed<log::Input>,
) -> Result<Created<Shown>> {
    input.conversation_id = Some(id);
    input.version = version.or(input.version);
    Ok(at.act::<Log>(key, input).await?.created())
}

/// Begins a conversation with a contact.
#[utoipa::path(post, path = "/api/contacts", request_body = log_first::Input,
    responses((status = 201, body = Started), (status = 400, body = Envelope)))]
async fn log_first(at: At, Keyed(input, key): Keyed<log_first::Input>) -> Result<Created<Started>> {
    Ok(at.act::<LogFirst>(key, input).await?.created())
}
