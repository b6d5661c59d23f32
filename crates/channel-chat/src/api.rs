//! The routes of live chat.

mod desk;
mod files;
mod frames;
mod guest;
mod left;
mod own;
mod proof;
mod settings;
mod socket;
mod talk;
mod visitor;
mod words;

use utoipa_axum::router::OpenApiRouter;
use web::House;

pub fn routes() -> OpenApiRouter<House> {
    settings::routes()
        .merge(desk::routes())
        .merge(frames::routes())
        .merge(visitor::routes())
        .merge(left::routes())
        .merge(proof::routes())
        .merge(own::routes())
        .merge(files::routes())
        .merge(socket::routes())
}
