//! Counts time inside business hours.
//!
//! **What.** A [`Schedule`] says when a team works: blocks on weekdays, a time zone, holidays. [`Hours`] answers from it:
//! is it open, when does it open next, when are N business hours over, how much business time lies between two moments.
//!
//! **Invariant:** moments are UTC; local time is looked up for each day anew, so that changes of the clock are counted right.
//! **Invariant:** no clock of its own: every answer follows from its arguments.
//! **Invariant:** every answer looks at most [`DAYS`] days ahead, so that none takes long.

mod hours;
mod local;
mod schedule;

pub use hours::{DAYS, Hours};
pub use schedule::{Block, Holiday, Invalid, Schedule};

#[cfg(test)]
mod tests;
