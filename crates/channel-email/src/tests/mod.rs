//! Tests of the crate through its doors.

mod desk;
mod house;
mod listener;
mod path;
mod room;
mod sender;
mod server;
mod tls;
