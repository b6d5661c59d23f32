//! HTTP routes: what agents and clients with a token can do.

mod change;
mod desk;
mod fields;
mod files;
mod find;
mod read;
mod rules;

use utoipa_axum::router::OpenApiRouter;
use web::House;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .merge(read::routes())
        .merge(find::routes())
        .merge(desk::routes())
        .merge(change::routes())
        .merge(fields::routes())
        .merge(files::routes())
        .merge(rules::routes())
}
