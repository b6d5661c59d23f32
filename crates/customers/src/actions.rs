//! The verbs of this crate; a verb and the one that takes it back share a file.

pub mod block;
pub mod change;
pub mod change_company;
pub mod create;
pub mod create_company;
pub mod identity;
pub mod member;
pub mod merge;
pub mod tag;
pub mod verify_identity;
