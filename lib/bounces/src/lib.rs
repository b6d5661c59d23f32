//! Reads what machines report about mail: whether it arrived, was read, was complained about, was answered by itself.
//!
//! **What.** [`delivery`] reads reports about delivery, those of RFC 3464 and the many of another form; [`complaint`]
//! those of RFC 5965; [`receipt`] those of RFC 8098; [`absence`] recognises out-of-office notes by their words;
//! [`calendar_reply`] answers to invitations.
//!
//! **Invariant:** reading never panics; time and memory are bounded by the length of what is given.
//! **Invariant:** nothing is believed here: whether a report is about mail of ours, its reader has to check.

mod absence;
mod block;
mod calendar;
mod code;
mod complaint;
mod delivery;
mod given;
mod judge;
mod notification;
mod phrases;
mod reason;
mod receipt;
mod report;
mod status_part;
mod text_report;

pub use absence::absence;
pub use calendar::{CalendarReply, calendar_reply};
pub use code::Status;
pub use complaint::{Complaint, complaint};
pub use delivery::delivery;
pub use given::{Given, Piece};
pub use reason::Reason;
pub use receipt::{Receipt, receipt};
pub use report::{Action, Fate, Original, Report};

#[cfg(test)]
mod tests;
