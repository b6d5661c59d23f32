//! The house: what is there, where it stands, and which way its arrows point.

pub mod arrows;
pub mod drawing;
pub mod floors;
pub mod resolve;
pub mod rooms;
pub mod survey;
