//! Our own addresses, for administrators.

use base::Page;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Created, Done, Envelope, House, IfMatch, Json, Keyed, Nothing, Path, Result};

use crate::actions::add_mailbox::{self, AddMailbox, RemoveInput, RemoveMailbox};
use crate::actions::change_mailbox::{self, ChangeMailbox};
use crate::model::{Mailbox, MailboxId};
use crate::store;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(list, add)).routes(routes!(change, remove))
}

/// Our own addresses.
#[utoipa::path(get, path = "/api/mailboxes", responses((status = 200, body = Page<Mailbox>)))]
async fn list(at: At) -> Result<Json<Page<Mailbox>>> {
    at.caller.must("email.add_mailbox")?;
    let items = at.read(store::list_mailboxes).await?;
    Ok(Json(Page { items, next: None }))
}

/// Takes an address into use.
#[utoipa::path(post, path = "/api/mailboxes", request_body = add_mailbox::Input,
    responses((status = 201, body = Mailbox), (status = 409, body = Envelope)))]
async fn add(at: At, Keyed(input, key): Keyed<add_mailbox::Input>) -> Result<Created<Mailbox>> {
    Ok(at.act::<AddMailbox>(key, input).await?.created())
}

/// Changes the name, brand or team of a mailbox.
#[utoipa::path(put, path = "/api/mailboxes/{id}", params(("id" = i64, Path)),
    request_body = change_mailbox::Input,
    responses((status = 200, body = Mailbox), (status = 404, body = Envelope), (status = 409, body = Envelope)))]
async fn change(
    at: At,
    Path(id): Path<MailboxId>,
    IfMatch(version): IfMatch,
    Json(input): Json<change_mailbox::Input>,
) -> Result<Done<Mailbox>> {
    let input = change_mailbox::Input { id: Some(id), version: version.or(input.version), ..input };
    let done = at.act::<ChangeMailbox>(None, input).await?;
    let version = done.body.version;
    Ok(done.version(version))
}

/// Takes an address out of use.
#[utoipa::path(delete, path = "/api/mailboxes/{id}", params(("id" = i64, Path)),
    responses((status = 204), (status = 404, body = Envelope)))]
async fn remove(at: At, Path(id): Path<MailboxId>) -> Result<Nothing> {
    let done = at.act::<RemoveMailbox>(None, RemoveInput { id }).await?;
    Ok(Nothing { undo: done.undo })
}
