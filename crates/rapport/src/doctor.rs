//! `rapport doctor`: what is examined, and how it is told.

pub mod examine;
mod fetch;
mod finding;
mod inside;
mod machine;
mod names;
mod reach;
pub mod report;
