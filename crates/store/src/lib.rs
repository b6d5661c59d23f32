//! How data is kept: one workspace is one SQLite file or one PostgreSQL schema.
//!
//! What: transactions as plain synchronous closures, SQL written once, migrations, blobs, the bell.
//! Owns: `migrations`, `nodes`. Announces, hears and offers nothing.
//!
//! **Invariant:** domain code never awaits inside a transaction, and never knows which engine runs it.
//! **Invariant:** on SQLite a reply is sent only after the commit that holds the write is on disk.

pub mod bell;
pub mod blobs;
pub mod copy;
mod db;
mod fault;
mod link;
mod lite;
mod migrate;
mod pg;
mod pg_tls;
mod pg_value;
mod queue;
mod sql;
mod tx;
mod watch;
mod work;
mod work_pg;

pub use bell::Bell;
pub use db::{Db, Engine, Options};
pub use migrate::{Migration, Standing};
pub use sql::{Columns, Row, Sql, column};
pub use tx::Tx;
pub use watch::Plans;

#[doc(hidden)]
pub use base;

#[cfg(test)]
mod tests;
