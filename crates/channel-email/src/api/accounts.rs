//! SMTP accounts, and which mailbox and brand uses which, for administrators.

use base::Page;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Created, Done, Envelope, House, Json, Keyed, Nothing, Path, Result};

use crate::account::{AccountId, BrandWay, MailboxWay};
use crate::actions::set_account::{self, RemoveAccount, RemoveInput, SetAccount, Shown};
use crate::actions::set_way::{self, SetWay};
use crate::store_accounts;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(change, remove))
        .routes(routes!(ways, set_way))
}

/// Accounts beside the usual one, without their passwords.
#[utoipa::path(get, path = "/api/outgoing-accounts",
    responses((status = 200, body = Page<Shown>)))]
async fn list(at: At) -> Result<Json<Page<Shown>>> {
    at.caller.must("email.set_outgoing")?;
    let found = at.read(store_accounts::list_accounts).await?;
    Ok(Json(Page { items: found.into_iter().map(Shown::from).collect(), next: None }))
}

/// Names a further account.
#[utoipa::path(post, path = "/api/outgoing-accounts",
    request_body = set_account::Input,
    responses((status = 201, body = Shown), (status = 400, body = Envelope)))]
async fn add(at: At, Keyed(input, key): Keyed<set_account::Input>) -> Result<Created<Shown>> {
    let input = set_account::Input { id: None, ..input };
    Ok(at.act::<SetAccount>(key, input).await?.created())
}

/// Changes an account; the stored password is kept when none is given.
#[utoipa::path(put, path = "/api/outgoing-accounts/{id}",
    params(("id" = i64, Path)), request_body = set_account::Input,
    responses((status = 200, body = Shown), (status = 404, body = Envelope), (status = 409, body = Envelope)))]
async fn change(
    at: At,
    Path(id): Path<AccountId>,
    Json(input): Json<set_account::Input>,
) -> Result<Done<Shown>> {
    at.act::<SetAccount>(None, set_account::Input { id: Some(id), ..input }).await
}

/// Forgets an account.
#[utoipa::path(delete, path = "/api/outgoing-accounts/{id}",
    params(("id" = i64, Path)), responses((status = 204), (status = 404, body = Envelope)))]
async fn remove(at: At, Path(id): Path<AccountId>) -> Result<Nothing> {
    let done = at.act::<RemoveAccount>(None, RemoveInput { id }).await?;
    Ok(Nothing { undo: done.undo })
}

/// Who names an account of its own; all others use the usual one.
#[derive(Serialize, ToSchema)]
#[schema(as = OutgoingWays)]
struct Ways {
    mailboxes: Vec<MailboxWay>,
    brands: Vec<BrandWay>,
}

/// Which mailbox and brand uses which account.
#[utoipa::path(get, path = "/api/outgoing-ways",
    responses((status = 200, body = Ways)))]
async fn ways(at: At) -> Result<Json<Ways>> {
    at.caller.must("email.set_outgoing")?;
    let read = |cx: &mut journal::Cx<'_, '_>| {
        let mailboxes = store_accounts::list_mailbox_ways(cx)?;
        Ok(Ways { mailboxes, brands: store_accounts::list_brand_ways(cx)? })
    };
    Ok(Json(at.read(read).await?))
}

/// Chooses the account of a mailbox or a brand.
#[utoipa::path(put, path = "/api/outgoing-ways",
    request_body = set_way::Input,
    responses((status = 204), (status = 404, body = Envelope)))]
async fn set_way(at: At, Json(input): Json<set_way::Input>) -> Result<Nothing> {
    let done = at.act::<SetWay>(None, input).await?;
    Ok(Nothing { undo: done.undo })
}
