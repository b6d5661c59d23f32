//! What happens: actions, the events they record in the same transaction, and all that hears them.
//!
//! What: callers, actions, events, reactions, jobs, undo, idempotency keys, workspaces, the directory.
//! Owns: `events`, `event_sequence`, `reactions`, `reaction_failures`, `jobs`, `undos`,
//! `idempotency_keys`, `nodes`, `settings`, `throttles`, `unnamed_blobs`,
//! `blob_pauses`, `blob_rounds`; in the directory `workspaces`, `hosts`, `addresses`,
//! `directory_nodes`, `wakeups`.
//! Announces: nothing of its own. Hears: nothing. Offers: nothing by itself.
//!
//! **Invariant:** an event is in the same transaction as the change that it tells of.
//! **Invariant:** no body, name or address stands in an event: they are read by reference, so erasing
//! a person rewrites no event.
//! **Invariant:** a reaction's cursor moves in the transaction that holds the reaction's writes.

mod act;
pub mod action;
pub mod blobs;
pub mod caller;
mod cx;
pub mod event;
pub mod health;
mod idempotency;
pub mod job;
pub mod lease;
pub mod reaction;
pub mod registry;
mod runner;
pub mod settings;
mod store;
mod sweeps;
pub mod throttle;
mod undo;
mod worker;
pub mod workspace;
mod write;

pub use action::{Action, Risk};
pub use caller::{Caller, Grants, Who};
pub use cx::{Core, Cx, Key};
pub use event::{Event, Note};
pub use job::{Job, Lane};
pub use reaction::{Reaction, Start};
pub use registry::Registry;
pub use runner::Runner;
pub use store::directory;
pub use store::jobs::ParkedJob;
pub use sweeps::sweeps;
pub use throttle::Quota;
pub use worker::{JobRun, Sweep, Worker};
pub use workspace::{Acted, Workspace, history};

/// The tables of this crate.
pub const MIGRATIONS: &[::store::Migration] =
    ::store::migrations!["journal"; "0001_journal", "0002_throttles", "0003_blobs"];
