//! Runs npm: installs only when the lockfile changed, first without the network.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Output};

use crate::digest;

const WAYS_OUT: &str = "Either install Node 20.19 or newer (it brings npm),\nor build without the desk: RAPPORT_UI=skip,\nor name a folder with a built desk: RAPPORT_UI=<folder>.";

/// `npm ci` when needed, then `npm run build`.
pub fn build(web: &Path) -> Result<(), String> {
    check_node(web)?;
    let lock = digest::of(web, &["package-lock.json"])
        .map_err(|e| format!("web/package-lock.json can't be read: {e}"))?;
    let stamp = web.join("node_modules/.rapport-stamp");
    if fs::read_to_string(&stamp).unwrap_or_default() != lock {
        install(web)?;
        fs::write(&stamp, &lock).map_err(|e| format!("web/node_modules can't be written: {e}"))?;
    }
    let output = npm(web, &["run", "build"])?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("The desk didn't build (npm run build in web/):\n{}", tail(&output)))
}

fn install(web: &Path) -> Result<(), String> {
    if npm(web, &["ci", "--offline"])?.status.success() {
        return Ok(());
    }
    let output = npm(web, &["ci"])?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("The desk's packages can't be installed (npm ci in web/):\n{}\n{WAYS_OUT}", tail(&output)))
}

fn check_node(web: &Path) -> Result<(), String> {
    let version = match Command::new("node").arg("--version").current_dir(web).output() {
        Ok(output) => String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(format!("The desk is built with Node, and there is no `node` here.\n{WAYS_OUT}"));
        }
        Err(error) => return Err(format!("`node` doesn't start: {error}\n{WAYS_OUT}")),
    };
    if is_new_enough(&version) {
        return Ok(());
    }
    Err(format!("The desk needs Node 20.19 or newer; `node` here is {version}.\n{WAYS_OUT}"))
}

fn is_new_enough(version: &str) -> bool {
    let mut parts = version.trim_start_matches('v').split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let (major, minor) = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    (major, minor) >= (20, 19)
}

fn npm(web: &Path, words: &[&str]) -> Result<Output, String> {
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut command = Command::new(program);
    // Cargo's own settings are nobody's business in there.
    for (name, _) in env::vars_os() {
        if name.to_string_lossy().starts_with("CARGO") {
            command.env_remove(name);
        }
    }
    command
        .args(words)
        .current_dir(web)
        .output()
        .map_err(|error| format!("`npm` doesn't start: {error}\n{WAYS_OUT}"))
}

/// The last lines of what it said, where the reason usually stands.
fn tail(output: &Output) -> String {
    let text =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}
