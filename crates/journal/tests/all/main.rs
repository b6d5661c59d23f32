//! Actions, events, reactions, jobs and node numbers, on both databases.

mod blobs;
mod health;
mod jobs;
mod nodes;
mod probe;
mod reactions;
mod undoing;
mod wakeups;
