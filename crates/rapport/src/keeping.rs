//! Commands about the whole of the data, for a folder that nobody serves; only a backup is told to the server.

use std::path::{Path, PathBuf};

use base::{Clock, Config, Result};
use serde_json::Value;
use store::copy::Done;

use crate::asked::password;
use crate::restore::Order;
use crate::{backup, import, installation, moving, restore, upgrade};

/// Read from standard input where it was promised.
pub fn passphrase(promised: bool) -> Result<Option<String>> {
    promised.then(password).transpose()
}

/// Where a backup goes; the server has another folder to start from.
pub fn backup_file(named: Option<PathBuf>) -> Result<PathBuf> {
    let file = match named {
        Some(file) => file,
        None => backup::usual_name(Clock::system().now())?.into(),
    };
    Ok(std::path::absolute(file)?)
}

pub fn restore(
    config: Config,
    file: PathBuf,
    passphrase: Option<String>,
    without_secrets: bool,
) -> Result<Value> {
    restore::restore(config, &Order { file, passphrase, without_secrets })
}

/// To the copies that the last upgrade kept.
pub fn go_back(config: &Config) -> Result<Value> {
    let lock = installation::lock_folder(&config.data)?;
    let done = upgrade::go_back(&config.data);
    drop(lock);
    done
}

/// Tells each table as it is done.
pub fn move_to(config: Config, target: &str) -> Result<Value> {
    let mut told = |done: Done| eprintln!("{}: {} rows", done.table, done.rows);
    moving::migrate_to(config, target, &mut told)
}

/// Takes the mails of an archive in.
pub fn take_archive(
    config: Config,
    from: &Path,
    mailbox: String,
    workspace: Option<String>,
) -> Result<Value> {
    import::run(config, import::Wanted { from: import::absolute(from)?, mailbox, workspace })
}
