//! The routes of mail.

mod accounts;
mod acknowledgements;
mod domains;
mod mailboxes;
mod original;
mod outgoing;
mod parked;

use utoipa_axum::router::OpenApiRouter;
use web::House;

pub fn routes() -> OpenApiRouter<House> {
    mailboxes::routes()
        .merge(accounts::routes())
        .merge(domains::routes())
        .merge(acknowledgements::routes())
        .merge(outgoing::routes())
        .merge(parked::routes())
        .merge(original::routes())
}
