//! The routes of mail.

mod desk;
mod parked;

use utoipa_axum::router::OpenApiRouter;
use web::House;

pub fn routes() -> OpenApiRouter<House> {
    desk::routes().merge(parked::routes())
}
