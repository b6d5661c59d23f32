//! One verb per file; what several of them do with a chat stands in `hands`.

pub mod arrive;
pub mod availability;
pub mod ban;
pub mod contact;
pub mod end;
pub mod hands;
pub mod identify;
pub mod mail;
pub mod note;
pub mod offline;
pub mod pass;
pub mod place;
pub mod ringing;
pub mod rules;
pub mod seen;
pub mod take;
pub mod visitor;
pub mod widget;
pub mod write;
