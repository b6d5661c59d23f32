//! Tests of the crate through its doors.

mod listener;
mod room;
mod sender;
mod server;
mod tls;
