//! Database errors that both engines report alike.

use base::Error;
use base::error::conflict;

/// The code of a transaction that PostgreSQL could not serialise and that is run again.
pub(crate) const AGAIN: &str = "serialization_failure";

/// A unique key that is already taken.
pub(crate) fn taken(cause: impl std::fmt::Display) -> Error {
    conflict("already_exists", "Something with this key exists already.").because(cause)
}
