//! What a handler takes: who calls in which workspace, and what was sent.

mod at;
mod body;
mod credentials;
mod parts;

pub use at::{Anyone, At};
pub use body::{Json, Keyed};
pub use credentials::{COOKIE, cleared_cookie, cookie, session_cookie, set_cookie};
pub use parts::{IfMatch, Path, Query};

pub(crate) use credentials::credentials;
