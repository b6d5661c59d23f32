//! All SQL of this crate, by noun.

pub mod attachment;
pub mod conversation;
pub mod desk;
pub mod list;
pub mod message;
pub mod people;
pub mod thread;
pub mod visible;
