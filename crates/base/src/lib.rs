//! The vocabulary that every crate shares: errors, ids, time, values, secrets and boot settings.
//!
//! What: small types without IO, but for reading the key file and the settings file at start, and for
//! writing small files whole.
//! Owns: no tables. Announces, hears and offers nothing.
//!
//! **Invariant:** nothing here knows a database, a network or customer service.

pub mod config;
pub mod error;
pub mod files;
pub mod id;
pub mod page;
pub mod secrets;
pub mod text;
pub mod time;
pub mod val;

pub use config::Config;
pub use error::{Error, Kind, Result};
pub use id::{IdSource, IsId};
pub use page::{Ask, Page};
pub use secrets::Secrets;
pub use time::{Clock, Time};
pub use val::{FromVal, Got, ToVal, Val};

#[doc(hidden)]
pub use {serde, utoipa};
