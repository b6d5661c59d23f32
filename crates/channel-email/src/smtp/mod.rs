//! SMTP by both ends: the listener that takes mail in and the client that sends it (RFC 5321).

pub mod client;
pub mod command;
pub mod content;
pub mod listener;
pub mod manners;
pub mod reply;
mod session;
pub mod tls;
pub mod wire;
