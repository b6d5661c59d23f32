//! The web kit: what every route has in common, from the address of the caller to the live socket.
//!
//! What: the router and its layers, extractors, answers, one envelope of errors, cross-site defence,
//! limits, foreign content, health, the live socket, the server loop; how capabilities are put together, and which panels of the desk they fill.
//! Owns: no tables. Announces: nothing. Hears: the journal, for the live socket. Offers: nothing.
//!
//! **Invariant:** nothing here knows customer service: who calls is told by [`sockets::Authenticate`],
//! what is shown live by [`sockets::Viewers`].
//! **Invariant:** the cause of an error never leaves the program.

pub mod answer;
mod capability;
pub mod client;
mod edge;
pub mod failure;
pub mod foreign;
mod guard;
mod handshake;
mod health;
pub mod house;
pub mod limit;
pub mod live;
pub mod outward;
pub mod panel;
pub mod request;
mod router;
mod routes;
mod serve;
pub mod sockets;
mod standing;
pub mod transfer;
mod undo;

pub use answer::{Created, Done, Nothing};
pub use capability::{Assembly, Capability, Routes};
pub use client::{Client, Peer};
pub use failure::{Envelope, Failure, Result};
pub use guard::is_own;
pub use house::{House, Parts};
pub use limit::{Limit, Limits};
pub use panel::{Panel, Place, panels};
pub use request::{Anyone, At, IfMatch, Json, Keyed, Path, Query};
pub use serve::{serve, serve_tls};
pub use sockets::{
    Asset, Assets, Attend, Attendance, Authenticate, Credentials, Desk, Known, Later, NoAssets, NoViewers,
    Pass, Patch, Seen, Sight, Viewers,
};
pub use standing::Opener;
pub use transfer::Transfer;
