//! The rows of notifications.

pub mod choices;
pub mod letters;
pub mod pending;
pub mod seen;
