//! Files of visitors: taken in before a message, shown by a link with a pass.

use axum::body::{Body, Bytes};
use axum::http::Response;
use axum::http::header::CONTENT_TYPE;
use base::error::{forbidden, invalid, not_found, too_many};
use conversations::actions::upload::store_pieces;
use conversations::model::AttachmentId;
use conversations::store::attachment::{Attachment, count_waiting, insert_attachment};
use futures_util::{Stream, StreamExt};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Created, Done, Envelope, House, Path, Query, Result};

use super::guest::{Carried, Front};
use crate::actions::arrive::uploader;
use crate::actions::visitor::find;
use crate::model::{LARGEST_FILE, ShownFile};
use crate::{pass, present};

/// Files that one visitor may have taken in without sending them.
const MOST_WAITING: i64 = 20;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(upload)).routes(routes!(download))
}

#[derive(Deserialize)]
struct UploadQuery {
    name: String,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ChatUploaded)]
struct Uploaded {
    id: AttachmentId,
    #[serde(flatten)]
    file: ShownFile,
}

/// Takes a file in: the body is its bytes.
#[utoipa::path(post, path = "/api/chat/{key}/uploads", params(("key" = String, Path), ("name" = String, Query)),
    responses((status = 201, body = Uploaded), (status = 413, body = Envelope)))]
async fn upload(
    Query(query): Query<UploadQuery>,
    Carried(at, headers, body): Carried,
) -> Result<Created<Uploaded>> {
    let (front, guest) = (at.front, at.guest);
    if !front.widget.settings.attachments {
        return Err(forbidden("attachments_off", "No files can be sent here.").into());
    }
    front.lobbies(|lobbies| lobbies.doors().uploads.knock(&front.client.limit_key()))?;
    let content_type = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let _room = front.transfer().await?;
    let stored = store_pieces(&front.house, &query.name, content_type, bounded(body)).await?;
    let key = front.widget.key.clone();
    let uploaded = front
        .write(move |cx| {
            find(cx, &guest)?;
            let uploader = uploader(&guest.bearer.address);
            if count_waiting(cx, &uploader)?.0 >= MOST_WAITING {
                return Err(too_many("uploads_full", "Too many files wait to be sent.").field("file"));
            }
            let stored = stored.clone();
            let file = Attachment {
                id: cx.new_id(),
                message_id: None,
                uploader,
                name: stored.name,
                content_type: stored.content_type,
                size: stored.size,
                blob: stored.blob,
                token: base::secrets::new_token(),
                inline: false,
                content_id: None,
                created_at: cx.now(),
            };
            insert_attachment(cx, &file)?;
            Ok(Uploaded { id: file.id, file: present::file(cx.secrets(), &key, &file, cx.now()) })
        })
        .await?;
    Ok(Done::new(uploaded).created())
}

/// The pieces of a file that is not too large for a visitor.
fn bounded(body: Body) -> impl Stream<Item = base::Result<Bytes>> {
    let mut size = 0;
    body.into_data_stream().map(move |piece| {
        let piece = piece
            .map_err(|e| invalid("upload_cut_off", "The file did not arrive whole. Try again.").because(e))?;
        size += piece.len();
        match size > LARGEST_FILE {
            true => Err(invalid("file_too_large", "A file can have at most 10 MB.").field("file")),
            false => Ok(piece),
        }
    })
}

#[derive(Deserialize)]
struct PassQuery {
    #[serde(default)]
    pass: String,
}

/// A file of the own thread. The name in the address is only for people.
#[utoipa::path(get, path = "/api/chat/{key}/files/{token}/{name}",
    params(("key" = String, Path), ("token" = String, Path), ("name" = String, Path), ("pass" = String, Query)),
    responses((status = 200), (status = 404, body = Envelope)))]
async fn download(
    front: Front,
    Path((_, token, _)): Path<(String, String, String)>,
    Query(query): Query<PassQuery>,
) -> Result<Response<Body>> {
    let missing = || not_found("file_not_found");
    if !pass::opens(&front.house.secrets, &token, &query.pass, front.house.clock.now()) {
        return Err(missing().into());
    }
    let found = front.read(move |cx| crate::store::files::find_file(cx, &token)).await?;
    let (name, content_type, blob) = found.ok_or_else(missing)?;
    let room = front.transfer().await?;
    let blob = front.house.blobs.open(&blob).await?;
    Ok(web::foreign::stream(&name, &content_type, blob, room))
}
