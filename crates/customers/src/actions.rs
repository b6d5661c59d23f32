//! The verbs of this crate, one per file.

pub mod add_identity;
pub mod add_member;
pub mod change;
pub mod change_company;
pub mod create;
pub mod create_company;
pub mod remove_identity;
pub mod remove_member;
pub mod tag;
pub mod verify_identity;

use base::error::conflict;
use base::{Result, error::internal};
use serde::Serialize;

/// Refuses a change of something that has changed since the caller read it.
fn must_be(expected: Option<i64>, version: i64, present: &impl Serialize) -> Result<()> {
    if expected.is_none_or(|expected| expected == version) {
        return Ok(());
    }
    let present = serde_json::to_value(present).map_err(internal)?;
    Err(conflict("version_conflict", "Somebody else has changed this meanwhile.").with_present(present))
}
