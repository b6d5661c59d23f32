//! Mail that a provider hands in over HTTP: the route that takes it, and its keys.

use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base::Kind;
use base::error::{invalid, not_found};
use journal::{Caller, Cx};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Anyone, At, Done, Envelope, House, Json, Nothing, Path, Result};

use super::hook_room;
use crate::actions::hook::{Input, Made, RemoveHook, RemoveInput, SetHook, signing_place};
use crate::channel::Envelope as From;
use crate::hook_signature::{Signed, WINDOW_SECONDS};
use crate::mailroom::keep;
use crate::model::{MOST_BYTES, MailboxId};
use crate::store_hooks::{Hook, find_hook, is_used, put_used, set_used};

pub fn routes() -> OpenApiRouter<House> {
    let taking = OpenApiRouter::new().routes(routes!(take_mail)).layer(DefaultBodyLimit::max(MOST_BYTES));
    OpenApiRouter::new().routes(routes!(set_hook, remove_hook)).merge(taking)
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MailHookWanted)]
struct Wanted {
    /// Each mail has to be signed.
    #[serde(default)]
    signed: bool,
}

/// Makes a new key for a mailbox and shows it this once.
#[utoipa::path(put, path = "/api/mailboxes/{id}/hook", params(("id" = i64, Path)), request_body = Wanted,
    responses((status = 200, body = Made), (status = 404, body = Envelope)))]
async fn set_hook(
    at: At,
    Path(mailbox_id): Path<MailboxId>,
    Json(wanted): Json<Wanted>,
) -> Result<Done<Made>> {
    at.act::<SetHook>(None, Input { mailbox_id, signed: wanted.signed }).await
}

/// The key is good no longer.
#[utoipa::path(delete, path = "/api/mailboxes/{id}/hook", params(("id" = i64, Path)),
    responses((status = 204), (status = 404, body = Envelope)))]
async fn remove_hook(at: At, Path(mailbox_id): Path<MailboxId>) -> Result<Nothing> {
    at.act::<RemoveHook>(None, RemoveInput { mailbox_id }).await?;
    Ok(Nothing::default())
}

/// Takes one mail as it came, under the key of a mailbox; answers when it is on disk. A provider that hears another
/// answer, or none, brings it again; what was taken already is answered alike. Where mail has to be signed,
/// `webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature` are those of the Standard Webhooks: `v1,` and
/// the HMAC-SHA256 of `id.timestamp.mail` in base64.
#[utoipa::path(post, path = "/api/mail/in/{key}", params(("key" = String, Path)), security(()),
    request_body(content = Vec<u8>, content_type = "message/rfc822"),
    responses((status = 202), (status = 400, body = Envelope), (status = 401, body = Envelope),
        (status = 404, body = Envelope)))]
async fn take_mail(
    anyone: Anyone,
    Path(key): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response> {
    let hash = base::secrets::token_hash(&key);
    let found = anyone.house.read(Caller::system(), move |cx| find_hook(cx, &hash)).await?;
    let Some(hook) = found else {
        // Guessing is slowed down; whoever knows the key may bring as much as there is.
        anyone.knock(None).await?;
        return Err(not_found("hook_not_found").into());
    };
    let claim = claim_of(&anyone, &hook, &headers)?;
    let kind = headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.starts_with("multipart/form-data") || kind.starts_with("application/json") {
        let sentence = "Post the mail as it came, as message/rfc822.";
        return Err(invalid("mail_not_raw", sentence).into());
    }
    // Whoever may bring only signed mail is nobody yet, and one address gets a few places.
    let _place = match claim {
        Some(_) => Some(anyone.web.stranger_transfer(&anyone.client).await.map_err(later)?),
        None => None,
    };
    let mut held = hook_room::read(body, hook_room::WITHIN).await?;
    let mark = match &claim {
        Some(Claim { head, sealed }) => {
            let key = anyone.house.secrets.open_sealed(&signing_place(hook.mailbox_id), sealed)?;
            let checked = head.check(&key, &held.mail);
            if checked.is_err() {
                anyone.knock(None).await?;
            }
            Some(checked?)
        }
        None => None,
    };
    if held.mail.iter().all(u8::is_ascii_whitespace) {
        return Err(invalid("mail_empty", "There is no mail in the input.").into());
    }
    store(&anyone, hook, std::mem::take(&mut held.mail), mark).await?;
    Ok(StatusCode::ACCEPTED.into_response())
}

/// On disk when this answers. Whoever did not hear that a mail was taken brings it as it was, and hears it again.
async fn store(anyone: &Anyone, hook: Hook, mail: Vec<u8>, mark: Option<Vec<u8>>) -> base::Result<()> {
    let mailbox = hook.mailbox_id;
    if let Some(mark) = mark.clone()
        && anyone.house.read(Caller::system(), move |cx| is_used(cx, mailbox, &mark)).await?
    {
        return Ok(());
    }
    keep(&anyone.house, &From::default(), vec![hook.address], &mail.into()).await.map_err(later)?;
    anyone.house.write(Caller::system(), move |cx| used(cx, mailbox, mark.as_deref())).await
}

/// What the head says about the signature, and the key that it has to fit.
struct Claim {
    head: Signed,
    sealed: Vec<u8>,
}

/// Where mail has to be signed. Nothing is read of a mail that is refused by its head.
fn claim_of(anyone: &Anyone, hook: &Hook, headers: &HeaderMap) -> base::Result<Option<Claim>> {
    let Some(sealed) = hook.signing.clone() else { return Ok(None) };
    let field = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let head = Signed::read(field, anyone.house.clock.now())?;
    Ok(Some(Claim { head, sealed }))
}

/// Only what was stored is remembered: a mail that was not stored may be brought again as it was.
fn used(cx: &mut Cx, mailbox: MailboxId, mark: Option<&[u8]>) -> base::Result<()> {
    if let Some(mark) = mark {
        // A signature is good for so long before and after its time.
        put_used(cx, mailbox, mark, cx.now().plus_seconds(-2 * WINDOW_SECONDS))?;
    }
    set_used(cx, mailbox)
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
