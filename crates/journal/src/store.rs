//! All SQL of this crate, by noun.

pub mod directory;
pub(crate) mod events;
pub(crate) mod jobs;
pub(crate) mod nodes;
pub(crate) mod reactions;
pub(crate) mod records;
