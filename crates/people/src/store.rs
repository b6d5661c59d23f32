//! All SQL of the staff.

mod agents;
mod doors;
mod groups;

pub use agents::*;
pub use doors::*;
pub use groups::*;
