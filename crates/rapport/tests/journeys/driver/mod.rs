//! Drives the real program from outside: its command line, its SMTP listener, its HTTP interface.

pub mod database;
pub mod http;
pub mod installation;
pub mod live;
pub mod pebble;
pub mod secure;
pub mod server;
pub mod sink;
pub mod smtp;

use std::time::{Duration, Instant};

pub use database::Engine;
pub use http::Http;
pub use installation::Installation;
pub use server::{Server, Start};
pub use sink::Sink;
pub use smtp::Smtp;

/// Lets time pass on a thread of the driver.
#[expect(clippy::disallowed_methods, reason = "the driver's own threads wait for another process")]
pub fn pause(time: Duration) {
    std::thread::sleep(time);
}

/// Asks again and again until there is an answer; `what` is said when the time is over.
#[track_caller]
pub fn until<T>(within: Duration, what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + within;
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < deadline, "not within {within:?}: {what}");
        pause(Duration::from_millis(20));
    }
}

/// A word that nobody has used before.
pub fn fresh(kind: &str) -> String {
    format!("{kind}{:016x}", rand::random::<u64>())
}
