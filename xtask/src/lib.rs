//! What developers and the build run. The checks are a library, so that an ordinary test runs them too.

pub mod commands;
pub mod machine;
pub mod postgres;
pub mod prerequisites;
pub mod steps;
pub mod tally;

use std::path::{Path, PathBuf};

/// What a command comes to: nothing, or a sentence about what went wrong (empty when all has been said).
pub type Outcome<T = ()> = Result<T, String>;

/// The folder of the repository.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}
