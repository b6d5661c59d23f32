//! Who is shut out, as agents see and change it; and customers who are merged.

use base::{Ask, Page};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Created, Done, Envelope, House, Json, Keyed, Nothing, Path, Query, Result};

use crate::actions::block::{self, BlockCustomer, BlockSender, Blocks, Lift, UnblockCustomer, Unblocked};
use crate::actions::merge::{self, Merge};
use crate::model::{Block, BlockId, Customer, CustomerId};
use crate::reading;

pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list, block))
        .routes(routes!(lift))
        .routes(routes!(block_customer, unblock_customer))
        .routes(routes!(merge))
}

/// Who is shut out, newest first.
#[utoipa::path(get, path = "/api/blocks",
    params(("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = Page<Block>)))]
async fn list(at: At, Query(ask): Query<Ask>) -> Result<Json<Page<Block>>> {
    let page = at.read(move |cx| {
        let scope = people::scope(cx)?;
        reading::blocks(cx, &scope, &ask)
    });
    Ok(Json(page.await?))
}

/// Shuts out a sender by address, or everybody of a domain.
#[utoipa::path(post, path = "/api/blocks", request_body = block::Input,
    responses((status = 201, body = Block), (status = 400, body = Envelope)))]
async fn block(at: At, Keyed(input, key): Keyed<block::Input>) -> Result<Created<Block>> {
    Ok(at.act::<BlockSender>(key, input).await?.created())
}

/// Lets somebody in again.
#[utoipa::path(delete, path = "/api/blocks/{id}", params(("id" = i64, Path)),
    responses((status = 204), (status = 404, body = Envelope)))]
async fn lift(at: At, Path(id): Path<BlockId>) -> Result<Nothing> {
    let done = at.act::<Lift>(None, Blocks { blocks: vec![id] }).await?;
    Ok(Nothing { undo: done.undo })
}

/// Shuts a customer out, by all identities.
#[utoipa::path(put, path = "/api/customers/{id}/block", params(("id" = i64, Path)),
    responses((status = 204), (status = 400, body = Envelope)))]
async fn block_customer(at: At, Path(customer): Path<CustomerId>) -> Result<Nothing> {
    let done = at.act::<BlockCustomer>(None, block::Customer { customer, domain: false }).await?;
    Ok(Nothing { undo: done.undo })
}

/// Lets a customer in again.
#[utoipa::path(delete, path = "/api/customers/{id}/block", params(("id" = i64, Path)),
    responses((status = 204)))]
async fn unblock_customer(at: At, Path(customer): Path<CustomerId>) -> Result<Nothing> {
    let done = at.act::<UnblockCustomer>(None, Unblocked { customer }).await?;
    Ok(Nothing { undo: done.undo })
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MergeBody {
    /// The one that is kept.
    into: CustomerId,
}

/// Merges a customer into another one.
#[utoipa::path(post, path = "/api/customers/{id}/merge", params(("id" = i64, Path)), request_body = MergeBody,
    responses((status = 200, body = Customer), (status = 409, body = Envelope)))]
async fn merge(
    at: At,
    Path(customer): Path<CustomerId>,
    Json(body): Json<MergeBody>,
) -> Result<Done<Customer>> {
    let done = at.act::<Merge>(None, merge::Input { customer, into: body.into }).await?;
    let version = done.body.version;
    Ok(done.version(version))
}
