//! Mail that a provider hands in over HTTP: the route that takes it, and its keys.

use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base::Kind;
use base::error::{invalid, not_found};
use journal::Caller;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Anyone, At, Done, Envelope, House, Nothing, Path, Result};

use crate::actions::hook::{Input, Made, RemoveHook, SetHook};
use crate::channel::Envelope as From;
use crate::mailroom::keep;
use crate::model::{MOST_BYTES, MailboxId};
use crate::store_hooks::{find_hook, set_used};

pub fn routes() -> OpenApiRouter<House> {
    let taking = OpenApiRouter::new().routes(routes!(take_mail)).layer(DefaultBodyLimit::max(MOST_BYTES));
    OpenApiRouter::new().routes(routes!(set_hook, remove_hook)).merge(taking)
}

/// Makes a new key for a mailbox and shows it this once.
#[utoipa::path(put, path = "/api/mailboxes/{id}/hook", params(("id" = i64, Path)),
    responses((status = 200, body = Made), (status = 404, body = Envelope)))]
async fn set_hook(at: At, Path(mailbox_id): Path<MailboxId>) -> Result<Done<Made>> {
    at.act::<SetHook>(None, Input { mailbox_id }).await
}

/// The key is good no longer.
#[utoipa::path(delete, path = "/api/mailboxes/{id}/hook", params(("id" = i64, Path)),
    responses((status = 204), (status = 404, body = Envelope)))]
async fn remove_hook(at: At, Path(mailbox_id): Path<MailboxId>) -> Result<Nothing> {
    at.act::<RemoveHook>(None, Input { mailbox_id }).await?;
    Ok(Nothing::default())
}

/// Takes one mail as it came, under the key of a mailbox; answers when it is on disk. A provider that hears
/// another answer brings it again.
#[utoipa::path(post, path = "/api/mail/in/{key}", params(("key" = String, Path)), security(()),
    request_body(content = Vec<u8>, content_type = "message/rfc822"),
    responses((status = 202), (status = 400, body = Envelope), (status = 404, body = Envelope)))]
async fn take_mail(
    anyone: Anyone,
    Path(key): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response> {
    let hash = base::secrets::token_hash(&key);
    let found = anyone.house.read(Caller::system(), move |cx| find_hook(cx, &hash)).await?;
    let Some((mailbox, address)) = found else {
        // Guessing is slowed down; whoever knows the key may bring as much as there is.
        anyone.knock(None).await?;
        return Err(not_found("hook_not_found").into());
    };
    let kind = headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.starts_with("multipart/form-data") || kind.starts_with("application/json") {
        let sentence = "Post the mail as it came, as message/rfc822.";
        return Err(invalid("mail_not_raw", sentence).into());
    }
    let raw = axum::body::to_bytes(body, MOST_BYTES).await;
    let raw = raw.map_err(|e| invalid("mail_too_large", "This mail is larger than 40 MB.").because(e))?;
    if raw.iter().all(u8::is_ascii_whitespace) {
        return Err(invalid("mail_empty", "There is no mail in the input.").into());
    }
    keep(&anyone.house, &From::default(), vec![address], &raw.to_vec().into()).await.map_err(later)?;
    anyone.house.write(Caller::system(), move |cx| set_used(cx, mailbox)).await?;
    Ok(StatusCode::ACCEPTED.into_response())
}

/// Whatever went wrong, the provider still has the mail.
fn later(e: base::Error) -> base::Error {
    match e.kind {
        Kind::Unavailable => e,
        _ => {
            base::error::unavailable("mail_not_stored", "It could not be stored, try again later.").because(e)
        }
    }
}
