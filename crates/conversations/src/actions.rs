//! One verb per file. All of them enter a conversation by the same door.

mod addressing;
pub mod assign;
mod begin;
pub mod change;
pub mod delete;
mod door;
pub mod draft;
pub mod follow;
mod hold;
pub mod join;
pub mod mark_spam;
pub mod move_on;
pub mod note;
pub mod read;
pub mod receive;
pub mod release;
pub mod reply;
mod requester;
pub mod resend;
pub mod set_rules;
pub mod set_status;
pub mod start;
mod text;
mod touch;
pub mod upload;
pub mod withdraw;
