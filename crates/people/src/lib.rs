//! The staff: who works here, in which teams and brands, what each may do and see, and how they get in.
//!
//! What: agents, teams, brands, roles with permissions and reach; sign-in, sessions, API tokens,
//! invitations, password resets; the [`Scope`] of every caller.
//! Owns: `roles`, `agents`, `teams`, `team_members`, `team_hours`, `brands`, `brand_members`, `sessions`, `tokens`,
//! `invitations`, `password_resets`, `sign_in_failures`.
//! Announces: see `events.rs`. Their subjects are agents, sessions, tokens, teams, roles and brands.
//! Hears: nothing.
//! Offers: one action per file of `actions/`.
//!
//! **Invariant:** tokens and passwords are stored as hashes only; what is mailed is sealed on its way.
//! **Invariant:** a session or token is looked up on every request: nothing remembers that it was good.
//! **Invariant:** nobody gives a role more than the own permissions allow.

pub mod actions;
mod api {
    pub mod desk;
    mod groups;
    mod hours;
    mod links;
    mod own;
    mod session;
    mod staff;
    mod workspace;
}
mod device;
mod door;
mod doorkeeper;
mod events;
mod found;
mod jobs;
mod model;
mod password;
mod settings;
mod sockets;
mod store;
#[cfg(test)]
mod tests;
mod workers;

pub use actions::renew_password;
pub use door::{
    acting_agent, agent, agent_names, agents, agents_by_email, brand_default, brands, caller_of, hours,
    is_active, is_team_in_use, members, scope, team_default, team_ids, tokens,
};
pub use doorkeeper::Doorkeeper;
pub use found::found;
pub use model::*;
pub use password::{hash_password, verify_password};
pub use settings::Profile;
pub use sockets::{Letter, LetterKind, Post, Postman, Sending};

use journal::{Sweep, Worker};
use web::{Capability, Panel, Place};

/// The tables of this crate.
pub const MIGRATIONS: &[::store::Migration] =
    ::store::migrations!["people"; "0001_people", "0002_archive", "0003_hours"];

/// What this crate brings to the house.
pub fn capability() -> Capability {
    let mut capability = Capability::new("people");
    for panel in panels() {
        capability = capability.panel(panel);
    }
    capability
        .migrations(MIGRATIONS)
        .verbs(actions::verbs())
        .worker(Worker::new(workers::mail).lease(120))
        .worker(Worker::new(workers::reset))
        .sweep(Sweep::new("people.forget", 3_600, workers::forget))
        .routes(api::desk::routes())
}

/// Sections of settings.
fn panels() -> [Panel; 9] {
    let own = |id, order| Panel::new(id, Place::Account, order);
    let all = |id, order| Panel::new(id, Place::Settings, order);
    [
        own("people.profile", 10),
        own("people.security", 20),
        own("people.tokens", 30).grant("token.create"),
        all("people.workspace", 10).grant("workspace.change"),
        all("people.agents", 20).grant("agent.change"),
        all("people.teams", 30).grant("team.change"),
        all("people.hours", 35).grant("team.set_hours"),
        all("people.brands", 40).grant("brand.change"),
        all("people.roles", 50).grant("role.change"),
    ]
}
