//! Mails as they came, for those who see the message.

use axum::body::Body;
use axum::http::Response;
use base::Time;
use base::error::not_found;
use conversations::model::MessageId;
use conversations::store::message::find_message;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Envelope, House, Json, Path, Result};

use crate::model::{NAME, Raw, RawId};
use crate::originals;
use crate::store;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(raw_of_message)).routes(routes!(original))
}

/// How much of a mail is shown as text; the download has all of it.
const SHOWN_BYTES: usize = 256 * 1024;
const SHOWN_FIELDS: usize = 300;

/// A mail as it came, for the eye.
#[derive(Serialize, ToSchema)]
struct Original {
    received_at: Time,
    size: usize,
    /// Sender of the envelope; empty for reports, and where nobody told it.
    sender: String,
    fields: Vec<Field>,
    /// The first 256 kB as text.
    text: String,
    /// Whether there is more than `text`.
    cut: bool,
}

/// A header field, decoded.
#[derive(Serialize, ToSchema)]
#[schema(as = HeaderField)]
struct Field {
    name: String,
    value: String,
}

/// The mail behind a message, readable: its header fields, and its source as text.
#[utoipa::path(get, path = "/api/messages/{id}/original", params(("id" = i64, Path)),
    responses((status = 200, body = Original), (status = 404, body = Envelope)))]
async fn original(at: At, Path(id): Path<MessageId>) -> Result<Json<Original>> {
    let raw = find(&at, id).await?.ok_or_else(|| not_found("raw_mail_missing"))?;
    let bytes = originals::bytes(&at.house, &raw).await?;
    let fields = mime::header_fields(&bytes, SHOWN_FIELDS);
    Ok(Json(Original {
        received_at: raw.received_at,
        size: bytes.len(),
        sender: raw.sender,
        fields: fields.into_iter().map(|each| Field { name: each.name, value: each.value }).collect(),
        text: mime::raw_text(&bytes, SHOWN_BYTES),
        cut: bytes.len() > SHOWN_BYTES,
    }))
}

/// The mail behind a message, as it came.
#[utoipa::path(get, path = "/api/messages/{id}/raw", params(("id" = i64, Path)),
    responses((status = 200), (status = 404, body = Envelope)))]
async fn raw_of_message(at: At, Path(id): Path<MessageId>) -> Result<Response<Body>> {
    let raw = find(&at, id).await?;
    download(&at, raw, id.0).await
}

/// Whoever sees the message sees the mail that it came with.
async fn find(at: &At, id: MessageId) -> Result<Option<Raw>> {
    let raw = at
        .read(move |cx| {
            let scope = people::scope(cx)?;
            let message = find_message(cx, &scope, id)?.filter(|m| m.channel == NAME);
            match message.and_then(|m| m.raw_id) {
                Some(raw) => store::find_raw(cx, RawId(raw)),
                None => Ok(None),
            }
        })
        .await?;
    Ok(raw)
}

/// As a file that nothing opens by itself.
pub async fn download(at: &At, raw: Option<Raw>, id: i64) -> Result<Response<Body>> {
    let raw = raw.ok_or_else(|| not_found("raw_mail_missing"))?;
    let bytes = originals::bytes(&at.house, &raw).await?;
    Ok(web::foreign::file(&format!("{id}.eml"), "message/rfc822", Body::from(bytes)))
}
