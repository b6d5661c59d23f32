//! Telling an installation a command, whether it is being served or not.

use base::{Clock, Config, Result};
use serde_json::Value;

use crate::command::{Command, execute};
use crate::control;
use crate::installation::Installation;
use crate::workspaces::Alone;

/// Runs one command in this process, or asks the process that holds the data directory.
pub fn tell(config: Config, command: Command, mail: Vec<u8>) -> Result<Value> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let opened = Installation::open(config.clone(), Clock::system())?;
    let done = runtime.block_on(async {
        match opened {
            Some((installation, _)) => execute(&installation, &Alone, command, mail).await,
            None => control::ask(&config.data, &command, &mail).await,
        }
    });
    runtime.shutdown_timeout(std::time::Duration::from_secs(5));
    done
}
