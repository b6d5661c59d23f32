//! Files that went as links: what was decided, what went with a message, and the address that strangers follow.

use axum::body::Body;
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use base::Time;
use base::error::not_found;
use conversations::model::{AttachmentId, MessageId};
use conversations::store::attachment::find_sent;
use conversations::store::message::find_message;
use journal::{Caller, Quota, settings};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Anyone, At, Done, Envelope, House, Json, Nothing, Path, Result};

use crate::actions::end_links::{self, EndLinks};
use crate::actions::set_links::SetLinks;
use crate::links::settings::{FileLinks, reaches_others};
use crate::links::store::{find_link, list_links};
use crate::links::{address, gone};

/// How often one address may fetch files, over all nodes.
const FETCHES: Quota = Quota { burst: 60, per_minute: 30 };
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(rules, set_rules))
        .routes(routes!(of_message, end))
        .routes(routes!(fetch))
}

/// What a workspace has decided, and whether links can be made at all.
#[derive(Serialize, ToSchema)]
#[schema(as = FileLinksShown)]
struct Rules {
    #[serde(flatten)]
    rules: FileLinks,
    /// False while the address of this installation leads to the machine itself: then all files go as parts.
    reaches_others: bool,
}

/// From which size on files go as links.
#[utoipa::path(get, path = "/api/file-links", responses((status = 200, body = Rules)))]
async fn rules(at: At) -> Result<Json<Rules>> {
    at.caller.must("email.set_outgoing")?;
    let rules = at.read(settings::get::<FileLinks>).await?;
    Ok(Json(Rules { rules, reaches_others: reaches_others(&at.house.public_url) }))
}

/// Decides it. Links that are on their way keep their time.
#[utoipa::path(put, path = "/api/file-links", request_body = FileLinks,
    responses((status = 200, body = Rules), (status = 400, body = Envelope)))]
async fn set_rules(at: At, Json(input): Json<FileLinks>) -> Result<Done<Rules>> {
    let reaches_others = reaches_others(&at.house.public_url);
    let done = at.act::<SetLinks>(None, input).await?;
    Ok(done.map(|rules| Rules { rules, reaches_others }))
}

/// A file that went as a link.
#[derive(Serialize, ToSchema)]
#[schema(as = MessageFileLink)]
struct Shown {
    attachment_id: AttachmentId,
    until: Time,
    /// Somebody has ended it before its time.
    ended: bool,
}

/// Which files of a message went as links.
#[utoipa::path(get, path = "/api/messages/{id}/links", params(("id" = i64, Path)),
    responses((status = 200, body = Vec<Shown>), (status = 404, body = Envelope)))]
async fn of_message(at: At, Path(id): Path<MessageId>) -> Result<Json<Vec<Shown>>> {
    let links = at
        .read(move |cx| {
            let scope = people::scope(cx)?;
            find_message(cx, &scope, id)?.ok_or_else(|| not_found("message_not_found"))?;
            list_links(cx, id)
        })
        .await?;
    let shown = links.into_iter().map(|link| Shown {
        attachment_id: link.attachment_id,
        until: link.expires_at,
        ended: link.ended,
    });
    Ok(Json(shown.collect()))
}

/// Ends the links of a message before their time.
#[utoipa::path(delete, path = "/api/messages/{id}/links", params(("id" = i64, Path)),
    responses((status = 204), (status = 404, body = Envelope), (status = 409, body = Envelope)))]
async fn end(at: At, Path(message_id): Path<MessageId>) -> Result<Nothing> {
    let done = at.act::<EndLinks>(None, end_links::Input { message_id, ended: true }).await?;
    Ok(Nothing { undo: done.undo })
}

/// The file that a link of a mail leads to, for whoever has it; a page that says so when it leads nowhere any more.
#[utoipa::path(get, path = "/api/shared/{token}", params(("token" = String, Path)), security(()),
    responses((status = 200), (status = 404, body = Envelope), (status = 410)))]
async fn fetch(anyone: Anyone, Path(token): Path<String>, headers: HeaderMap) -> Result<Response<Body>> {
    let Some(id) = address::read(&anyone.house.secrets, &anyone.house.name, &token) else {
        anyone.knock(None).await?;
        return Err(not_found("link_not_found").into());
    };
    anyone.throttle("file_links", FETCHES).await?;
    let found = anyone
        .house
        .read(Caller::system(), move |cx| match find_link(cx, id)?.filter(|link| link.is_good(cx.now())) {
            Some(link) => find_sent(cx, link.attachment_id),
            None => Ok(None),
        })
        .await?;
    let mut response = match found {
        Some(file) => {
            let room = anyone.web.stranger_transfer(&anyone.client).await?;
            let blob = anyone.house.blobs.open(&file.blob).await?;
            web::foreign::download(&file.name, blob, room)
        }
        None => {
            let accepts = headers.get(ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
            let mut page = web::foreign::html(gone::page(accepts));
            *page.status_mut() = StatusCode::GONE;
            page
        }
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(ROBOTS, HeaderValue::from_static("noindex"));
    Ok(response)
}
