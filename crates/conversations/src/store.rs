//! All SQL of this crate, by noun.

pub mod attachment;
pub mod belonging;
pub mod blocked;
pub mod conversation;
pub mod desk;
pub mod fate;
pub mod list;
pub mod message;
pub mod people;
pub mod side;
pub mod thread;
pub mod visible;
