//! Database errors that both engines report alike.

use base::Error;
use base::error::{conflict, invalid};

/// The code of a transaction that PostgreSQL could not serialise and that is run again.
pub(crate) const AGAIN: &str = "serialization_failure";

/// A unique key that is already taken.
pub(crate) fn taken(cause: impl std::fmt::Display) -> Error {
    conflict("already_exists", "Something with this key exists already.").because(cause)
}

/// A key that points at a row which is not there.
pub(crate) fn dangling(cause: impl std::fmt::Display) -> Error {
    invalid("reference_unknown", "Something that this names is not there.").because(cause)
}

/// Text that PostgreSQL can't keep: U+0000.
pub(crate) fn unfit(cause: impl std::fmt::Display) -> Error {
    invalid("text_unfit", "This text holds a character that can't be kept.").because(cause)
}
