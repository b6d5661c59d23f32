//! All SQL of the staff.

mod agents;
mod doors;
mod groups;
mod hours;

pub use agents::*;
pub use doors::*;
pub use groups::*;
pub use hours::*;
