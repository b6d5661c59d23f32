//! Files: uploads before a message is sent, downloads by a token of their own.

use axum::body::{Body, Bytes};
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, Response, header::CONTENT_TYPE};
use base::error::not_found;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Created, Envelope, House, Path, Query, Result};

use crate::actions::upload::{self, LARGEST_FILE, Upload, Uploaded, store_bytes};
use crate::store::attachment::find_attachment;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(upload))
        .layer(DefaultBodyLimit::max(LARGEST_FILE + 1024))
        .routes(routes!(download))
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
    bytes: Bytes,
) -> Result<Created<Uploaded>> {
    at.caller.must("conversation.note")?;
    let content_type = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let stored = store_bytes(&at.house, &query.name, content_type, bytes.to_vec()).await?;
    Ok(at.act::<Upload>(None, upload::Input { stored }).await?.created())
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
    let bytes = at.house.blobs.get(&file.blob).await?;
    Ok(web::foreign::file(&file.name, &file.content_type, Body::from(bytes)))
}
