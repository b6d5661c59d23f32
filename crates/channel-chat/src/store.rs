//! All SQL of this crate.

pub mod agents;
pub mod bans;
pub mod chats;
pub mod files;
pub mod lines;
pub mod mailings;
pub mod own;
pub mod queue;
pub mod visitors;
pub mod widgets;
