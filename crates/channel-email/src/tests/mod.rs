//! Tests of the crate through its doors.

mod accounts;
mod acknowledging;
mod beside;
mod bounces;
mod cutting;
mod desk;
mod dovecot;
mod fetching;
mod handing;
mod hostile;
mod house;
mod letters;
mod listener;
mod mikel;
mod name_server;
mod path;
mod pool;
mod postfix;
mod room;
mod sender;
mod server;
mod signing;
mod taking;
mod threading;
mod tls;
mod two;
