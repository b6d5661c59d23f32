//! Writing: answers, notes, new conversations, taking back and sending again, drafts and reading.

use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Created, Done, Envelope, House, IfMatch, Json, Keyed, Nothing, Path, Result};

use crate::actions::draft::{self, DropDraft, KeepDraft};
use crate::actions::note::{self, Note};
use crate::actions::read::{self, Read};
use crate::actions::reply::{self, Reply};
use crate::actions::resend::{self, Resend};
use crate::actions::start::{self, Start};
use crate::actions::withdraw::{self, Withdraw};
use crate::model::{ConversationId, DraftMode, MessageId, Party, Started};
use crate::present::{Shown, ShownDraft};

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(begin))
        .routes(routes!(answer))
        .routes(routes!(write_note))
        .routes(routes!(take_back))
        .routes(routes!(send_again))
        .routes(routes!(keep_draft, drop_draft))
        .routes(routes!(mark_read))
}

/// Starts a conversation: an agent writes first.
#[utoipa::path(post, path = "/api/conversations", request_body = start::Input,
    responses((status = 201, body = Started), (status = 400, body = Envelope)))]
async fn begin(at: At, Keyed(input, key): Keyed<start::Input>) -> Result<Created<Started>> {
    Ok(at.act::<Start>(key, input).await?.created())
}

/// Answers; the message is held for the workspace's undo time.
#[utoipa::path(post, path = "/api/conversations/{id}/messages", params(("id" = i64, Path)),
    request_body = reply::Input,
    responses((status = 201, body = Shown), (status = 400, body = Envelope), (status = 409, body = Envelope)))]
async fn answer(
    at: At,
    Path(id): Path<ConversationId>,
    IfMatch(version): IfMatch,
    Keyed(mut input, key): Keyed<reply::Input>,
) -> Result<Created<Shown>> {
    input.conversation_id = Some(id);
    input.version = version.or(input.version);
    Ok(at.act::<Reply>(key, input).await?.created())
}

/// Writes an internal note.
#[utoipa::path(post, path = "/api/conversations/{id}/notes", params(("id" = i64, Path)),
    request_body = note::Input, responses((status = 201, body = Shown), (status = 400, body = Envelope)))]
async fn write_note(
    at: At,
    Path(id): Path<ConversationId>,
    Keyed(mut input, key): Keyed<note::Input>,
) -> Result<Created<Shown>> {
    input.conversation_id = Some(id);
    Ok(at.act::<Note>(key, input).await?.created())
}

/// Takes a held message back; it becomes a draft again.
#[utoipa::path(post, path = "/api/messages/{id}/withdrawal", params(("id" = i64, Path)),
    responses((status = 200, body = ShownDraft), (status = 409, body = Envelope)))]
async fn take_back(at: At, Path(message_id): Path<MessageId>) -> Result<Done<ShownDraft>> {
    at.act::<Withdraw>(None, withdraw::Input { message_id }).await
}

/// Sends a message again whose fate is failed or unknown.
#[utoipa::path(post, path = "/api/messages/{id}/resend", params(("id" = i64, Path)),
    responses((status = 200, body = Shown), (status = 409, body = Envelope)))]
async fn send_again(at: At, Path(message_id): Path<MessageId>) -> Result<Done<Shown>> {
    at.act::<Resend>(None, resend::Input { message_id }).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DraftBody {
    mode: DraftMode,
    html: String,
    to: Option<Vec<Party>>,
    cc: Option<Vec<Party>>,
}

/// Keeps the caller's unfinished answer.
#[utoipa::path(put, path = "/api/conversations/{id}/draft", params(("id" = i64, Path)),
    request_body = DraftBody, responses((status = 200, body = ShownDraft)))]
async fn keep_draft(
    at: At,
    Path(conversation_id): Path<ConversationId>,
    Json(body): Json<DraftBody>,
) -> Result<Done<ShownDraft>> {
    let DraftBody { mode, html, to, cc } = body;
    at.act::<KeepDraft>(None, draft::Input { conversation_id, mode, html, to, cc }).await
}

/// Drops the caller's unfinished answer.
#[utoipa::path(delete, path = "/api/conversations/{id}/draft", params(("id" = i64, Path)),
    responses((status = 204)))]
async fn drop_draft(at: At, Path(conversation_id): Path<ConversationId>) -> Result<Nothing> {
    at.act::<DropDraft>(None, draft::DropInput { conversation_id }).await?;
    Ok(Nothing::default())
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReadBody {
    message_id: Option<MessageId>,
}

/// Remembers how far the caller has read.
#[utoipa::path(put, path = "/api/conversations/{id}/read", params(("id" = i64, Path)),
    request_body = ReadBody, responses((status = 204), (status = 404, body = Envelope)))]
async fn mark_read(
    at: At,
    Path(conversation_id): Path<ConversationId>,
    Json(body): Json<ReadBody>,
) -> Result<Nothing> {
    at.act::<Read>(None, read::Input { conversation_id, message_id: body.message_id }).await?;
    Ok(Nothing::default())
}
