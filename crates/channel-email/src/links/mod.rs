//! Files that are too large for a mail go as links: which, how long, and who may fetch them.

pub mod address;
pub mod block;
pub mod choose;
pub mod gone;
pub mod link;
pub mod make;
pub mod settings;
pub mod store;
