//! The live socket: each caller hears at once of what it may see, and can go on where it stopped.

mod aside;
mod cursor;
mod feed;
mod presence;
mod socket;

pub use aside::aside;
pub use cursor::cursor;
pub(crate) use feed::Feeds;
pub(crate) use socket::open;
