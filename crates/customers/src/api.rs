//! The doors of this crate.

mod blocks;
mod companies;
mod desk;
mod identities;

use utoipa_axum::router::OpenApiRouter;
use web::House;

pub(crate) fn routes() -> OpenApiRouter<House> {
    desk::routes().merge(identities::routes()).merge(companies::routes()).merge(blocks::routes())
}
