//! Files: uploads before a message is sent, downloads by a token of their own.

use axum::body::Body;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, Response};
use base::error::{invalid, not_found};
use futures_util::TryStreamExt;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Created, Envelope, House, Nothing, Path, Query, Result};

use crate::actions::upload::{
    self, Discard, DiscardInput, LARGEST_FILE, Upload, Uploaded, must_have_room, store_pieces,
};
use crate::model::AttachmentId;
use crate::store::attachment::find_attachment;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(upload)).routes(routes!(discard)).routes(routes!(download))
}

#[derive(Deserialize)]
struct UploadQuery {
    name: String,
}

/// Takes a file in: the body is its bytes.
#[utoipa::path(post, path = "/api/uploads", params(("name" = String, Query)),
    responses((status = 201, body = Uploaded), (status = 413, body = Envelope)))]
async fn upload(
    at: At,
    Query(query): Query<UploadQuery>,
    headers: HeaderMap,
    body: Body,
) -> Result<Created<Uploaded>> {
    at.caller.must("conversation.note")?;
    let said = |name| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let announced = said(CONTENT_LENGTH).parse().unwrap_or(0);
    if announced > LARGEST_FILE as i64 {
        return Err(invalid("file_too_large", "A file can have at most 25 MB.").field("file").into());
    }
    at.read(move |cx| must_have_room(cx, announced)).await?;
    let _room = at.transfer().await?;
    let pieces = body.into_data_stream().map_err(cut_off);
    let stored = store_pieces(&at.house, &query.name, said(CONTENT_TYPE), pieces).await?;
    Ok(at.act::<Upload>(None, upload::Input { stored }).await?.created())
}

fn cut_off(e: axum::Error) -> base::Error {
    invalid("upload_cut_off", "The file did not arrive whole. Try again.").because(e)
}

/// Takes a file back that was not sent.
#[utoipa::path(delete, path = "/api/uploads/{id}", params(("id" = i64, Path)),
    responses((status = 204), (status = 404, body = Envelope)))]
async fn discard(at: At, Path(id): Path<AttachmentId>) -> Result<Nothing> {
    at.act::<Discard>(None, DiscardInput { id }).await?;
    Ok(Nothing::default())
}

/// A file of a conversation that the caller may see. The name in the address is only for people.
#[utoipa::path(get, path = "/api/files/{token}/{name}",
    params(("token" = String, Path), ("name" = String, Path)),
    responses((status = 200), (status = 404, body = Envelope)))]
async fn download(at: At, Path((token, _)): Path<(String, String)>) -> Result<Response<Body>> {
    let found = at
        .read(move |cx| {
            let scope = people::scope(cx)?;
            let uploader = cx.caller().key();
            find_attachment(cx, &scope, &uploader, &token)
        })
        .await?;
    let file = found.ok_or_else(|| not_found("file_not_found"))?;
    let room = at.transfer().await?;
    let blob = at.house.blobs.open(&file.blob).await?;
    Ok(web::foreign::stream(&file.name, &file.content_type, blob, room))
}
