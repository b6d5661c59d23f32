//! Mails as they came, for those who see the message.

use axum::body::Body;
use axum::http::Response;
use base::error::not_found;
use conversations::model::MessageId;
use conversations::store::message::find_message;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Envelope, House, Path, Result};

use crate::model::{NAME, Raw, RawId};
use crate::originals;
use crate::store;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(raw_of_message))
}

/// The mail behind a message, as it came.
#[utoipa::path(get, path = "/api/messages/{id}/raw", params(("id" = i64, Path)),
    responses((status = 200), (status = 404, body = Envelope)))]
async fn raw_of_message(at: At, Path(id): Path<MessageId>) -> Result<Response<Body>> {
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
    download(&at, raw, id.0).await
}

/// As a file that nothing opens by itself.
pub async fn download(at: &At, raw: Option<Raw>, id: i64) -> Result<Response<Body>> {
    let raw = raw.ok_or_else(|| not_found("raw_mail_missing"))?;
    let bytes = originals::bytes(&at.house, &raw).await?;
    Ok(web::foreign::file(&format!("{id}.eml"), "message/rfc822", Body::from(bytes)))
}
