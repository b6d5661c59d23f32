//! `rapport doctor`: has the installation examined, and prints what was found.

use std::process::ExitCode;

use base::{Config, Result};

use super::examine::broken;
use super::finding::{Finding, Verdict};
use super::machine;
use crate::command::Command;
use crate::tell::tell;

/// Ends with 1 when something fails, so that scripts notice.
pub fn run(config: Config, as_json: bool) -> Result<ExitCode> {
    let findings = found(config)?;
    if as_json {
        println!("{}", serde_json::to_string(&findings)?);
    } else {
        for finding in &findings {
            println!("{}", finding.line());
        }
    }
    let failed = findings.iter().any(|finding| finding.state == Verdict::Fail);
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn found(config: Config) -> Result<Vec<Finding>> {
    if !config.data.is_dir() {
        let said = format!("There is no data folder {}.", config.data.display());
        return Ok(vec![Finding::fail(
            "installation",
            said,
            "Name it with --data, or make it with: rapport init",
        )]);
    }
    let keys = machine::keys(&config.data);
    match tell(config, Command::Doctor, Vec::new()) {
        Ok(told) => Ok(serde_json::from_value(told)?),
        // What can be seen from outside may be why.
        Err(e) => Ok(vec![keys, broken(&e)]),
    }
}
