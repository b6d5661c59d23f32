//! Notifications: agents who are not at a desk learn by mail what concerns them, and answer that mail.
//!
//! What: each agent's choice, gathering several events into one letter, sending it, judging what comes back.
//! Owns: `notifications_choices`, `notifications_seen`, `notifications_pending`, `notifications_letters`.
//! Announces: what stands in [`events`].
//! Hears: notes with mentions, assignments, messages of customers, answers that failed.
//! Offers: `notification.choose`.
//!
//! **Invariant:** a letter says only what its reader may see at the time of sending.
//! **Invariant:** a letter is begun once; what may have arrived is never sent again.
//! **Invariant:** what comes back goes to a customer only with proof of who wrote it and of what is new in it;
//! everything else stays inside, with the reason.
//! **Invariant:** what says of itself that a machine sent it back is never read, so no two machines talk.

mod actions {
    pub mod choose;
}
mod api {
    pub mod own;
}
mod attendance;
pub mod events;
mod jobs;
mod judging;
mod model;
mod reactions;
mod reading;
mod sending;
mod store;
mod sweeps;
#[cfg(test)]
mod tests;
mod told;
mod words;
mod workers;

use conversations::notices::Readers;
use journal::registry::Verb;
use web::{Attendance, Capability, Panel, Place};

/// The tables of this crate.
pub const MIGRATIONS: &[::store::Migration] =
    ::store::migrations!["notifications"; "0001_notifications", "0002_shown", "0003_due", "0004_undelivered"];

pub fn capability() -> Capability {
    let capability = Capability::new("notifications")
        .migrations(MIGRATIONS)
        .routes(api::own::routes())
        .plug(|registry| {
            registry.fill::<Attendance>().add(attendance::Attendants);
            registry.fill::<Readers>().set(reading::Letters);
        })
        .panel(Panel::new("notifications.mail", Place::Settings, 15))
        .reactions(reactions::reactions())
        .verbs([Verb::of::<actions::choose::Choose>()]);
    let capability = workers::workers().into_iter().fold(capability, Capability::worker);
    sweeps::sweeps().into_iter().fold(capability, Capability::sweep)
}
