//! What mailboxes say by themselves, for administrators.

use base::error::not_found;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Done, Envelope, House, IfMatch, Json, Path, Result};

use crate::actions::set_acknowledgement::{self, SetAcknowledgement, unset};
use crate::model::MailboxId;
use crate::store;
use crate::store_acknowledge::{Acknowledgement, find_acknowledgement};

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(show, set))
}

/// What a mailbox says by itself when a first mail has arrived.
#[utoipa::path(get, path = "/api/mailboxes/{id}/acknowledgement", params(("id" = i64, Path)),
    responses((status = 200, body = Acknowledgement), (status = 404, body = Envelope)))]
async fn show(at: At, Path(id): Path<MailboxId>) -> Result<Json<Acknowledgement>> {
    at.caller.must("email.add_mailbox")?;
    let found = at
        .read(move |cx| {
            store::find_mailbox_by_id(cx, id)?.ok_or_else(|| not_found("mailbox_not_found"))?;
            Ok(find_acknowledgement(cx, id)?.unwrap_or_else(|| unset(id)))
        })
        .await?;
    Ok(Json(found))
}

/// Switches it on or off and changes its words.
#[utoipa::path(put, path = "/api/mailboxes/{id}/acknowledgement", params(("id" = i64, Path)),
    request_body = set_acknowledgement::Input,
    responses((status = 200, body = Acknowledgement), (status = 404, body = Envelope), (status = 409, body = Envelope)))]
async fn set(
    at: At,
    Path(id): Path<MailboxId>,
    IfMatch(version): IfMatch,
    Json(input): Json<set_acknowledgement::Input>,
) -> Result<Done<Acknowledgement>> {
    let input =
        set_acknowledgement::Input { mailbox_id: Some(id), version: version.or(input.version), ..input };
    let done = at.act::<SetAcknowledgement>(None, input).await?;
    let version = done.body.version;
    Ok(done.version(version))
}
