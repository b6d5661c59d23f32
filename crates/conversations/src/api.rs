//! HTTP routes: what agents and clients with a token can do.

mod beside;
mod blocked;
mod change;
mod contacts;
mod desk;
mod fields;
mod files;
mod find;
mod panel;
mod read;
mod recipients;
mod rules;

use utoipa_axum::router::OpenApiRouter;
use web::House;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .merge(read::routes())
        .merge(recipients::routes())
        .merge(contacts::routes())
        .merge(beside::routes())
        .merge(blocked::routes())
        .merge(panel::routes())
        .merge(find::routes())
        .merge(desk::routes())
        .merge(change::routes())
        .merge(fields::routes())
        .merge(files::routes())
        .merge(rules::routes())
}
