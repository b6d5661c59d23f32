//! How mail of ours looks: what stands around the words of a message, whose signature, and how it is written out.

pub mod dress;
pub mod facts;
pub mod gather;
pub mod look;
pub mod pictures;
pub mod sample;
pub mod store;
pub mod words;
