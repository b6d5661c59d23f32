//! The demo workspace.

use std::path::PathBuf;

use base::{Config, Result};

pub fn run(_config: Config, _data: Option<PathBuf>) -> Result<()> {
    Err(base::error::unavailable("demo", "The demo is being written."))
}
