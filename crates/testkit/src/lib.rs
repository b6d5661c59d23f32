//! Worlds for tests: a fresh workspace on either database, with a clock that stands still.
//!
//! What: [`World`], the macro [`both!`] that runs one test on SQLite and on PostgreSQL, a small client, a name server.
//! Owns, announces, hears and offers nothing.
//!
//! **Invariant:** only tests see this crate.

mod client;
mod name_server;
mod world;

pub use client::{Client, Reply};
pub use name_server::NameServer;
pub use web::Capability;
pub use world::{DAY, World};

#[doc(hidden)]
pub use tokio;

/// Makes the tests `name::on_sqlite` and `name::on_postgres` of one body. `with` names what the house
/// is made of.
///
/// ```text
/// testkit::both! { with people::capability(postman());
///     async fn an_agent_signs_in(w: World) { … }
/// }
/// ```
#[macro_export]
macro_rules! both {
    (with $capabilities:expr; $($(#[$meta:meta])* async fn $name:ident($world:ident : World) $body:block)+) => {$(
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn body($world: $crate::World) $body

            #[test]
            $(#[$meta])*
            fn on_sqlite() {
                $crate::World::on_sqlite($capabilities, body);
            }

            #[test]
            $(#[$meta])*
            fn on_postgres() {
                $crate::World::on_postgres($capabilities, body);
            }
        }
    )+};
}
