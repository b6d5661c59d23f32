//! The routes of mail.

mod accounts;
mod acknowledgements;
mod domains;
mod grants;
mod held_file;
mod hook_room;
mod hooks;
mod links;
mod looks;
mod mailboxes;
mod original;
mod outgoing;
mod parked;
mod pictures;
mod quarantine;
mod sources;
mod trust;
mod unfetched;

use utoipa_axum::router::OpenApiRouter;
use web::House;

pub fn routes() -> OpenApiRouter<House> {
    mailboxes::routes()
        .merge(accounts::routes())
        .merge(domains::routes())
        .merge(grants::routes())
        .merge(acknowledgements::routes())
        .merge(links::routes())
        .merge(looks::routes())
        .merge(outgoing::routes())
        .merge(parked::routes())
        .merge(sources::routes())
        .merge(hooks::routes())
        .merge(unfetched::routes())
        .merge(original::routes())
        .merge(trust::routes())
        .merge(quarantine::routes())
        .merge(pictures::routes())
}
