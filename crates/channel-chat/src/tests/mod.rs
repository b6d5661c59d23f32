//! The crate through its public doors, on both databases.

mod claims;
mod lines;
mod mailing;
mod queue;
mod shop;
mod sockets;
mod talking;
mod widgets;
