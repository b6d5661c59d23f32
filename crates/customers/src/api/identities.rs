//! Identities, as agents add, remove and vouch for them.

use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Created, Done, Envelope, House, Json, Keyed, Nothing, Path, Result};

use crate::actions::identity::{AddIdentity, Added, RemoveIdentity, Removed};
use crate::actions::verify_identity::{self, VerifyIdentity};
use crate::model::{CustomerId, Identity, IdentityId, NewIdentity};

pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(add_identity))
        .routes(routes!(remove_identity))
        .routes(routes!(verify_identity))
}

#[utoipa::path(post, path = "/api/customers/{id}/identities", params(("id" = i64, Path)),
    request_body = NewIdentity, responses((status = 201, body = Identity), (status = 409, body = Envelope)))]
async fn add_identity(
    at: At,
    Path(customer): Path<CustomerId>,
    Keyed(identity, key): Keyed<NewIdentity>,
) -> Result<Created<Identity>> {
    Ok(at.act::<AddIdentity>(key, Added { customer, identity }).await?.created())
}

#[utoipa::path(delete, path = "/api/identities/{id}", params(("id" = i64, Path)), responses((status = 204)))]
async fn remove_identity(at: At, Path(identity): Path<IdentityId>) -> Result<Nothing> {
    let done = at.act::<RemoveIdentity>(None, Removed { identity }).await?;
    Ok(Nothing { undo: done.undo })
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Verification {
    verified: bool,
}

#[utoipa::path(put, path = "/api/identities/{id}/verification", params(("id" = i64, Path)),
    request_body = Verification, responses((status = 200, body = Identity)))]
async fn verify_identity(
    at: At,
    Path(identity): Path<IdentityId>,
    Json(Verification { verified }): Json<Verification>,
) -> Result<Done<Identity>> {
    at.act::<VerifyIdentity>(None, verify_identity::Input { identity, verified }).await
}
