//! SMTP by both ends: the listener that takes mail in and the client that sends it (RFC 5321).

pub mod client;
pub mod command;
pub mod content;
mod link;
pub mod listener;
pub mod manners;
pub mod pool;
pub mod reply;
mod server;
mod session;
mod stuffing;
pub mod tls;
pub mod wire;
