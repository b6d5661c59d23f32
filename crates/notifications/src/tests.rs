//! The crate through its public doors, on both databases.

mod answering;
mod shop;
mod telling;
