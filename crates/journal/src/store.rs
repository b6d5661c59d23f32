//! All SQL of this crate, by noun.

pub(crate) mod blobs;
pub mod directory;
pub(crate) mod events;
pub(crate) mod jobs;
pub(crate) mod nodes;
pub(crate) mod reactions;
pub(crate) mod records;
pub(crate) mod throttles;
mod wakeups;
