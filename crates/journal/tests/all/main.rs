//! Actions, events, reactions, jobs and node numbers, on both databases.

mod jobs;
mod nodes;
mod probe;
mod reactions;
mod undoing;
