//! The routes of this crate.

use axum::routing::get;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::house::House;
use crate::{health, live, panel, undo};

pub(crate) fn own() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(undo::undo))
        .routes(routes!(panel::list))
        .route("/api/live", get(live::open))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(health::metrics))
}
