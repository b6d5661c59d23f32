//! What the tests need from the machine: found, installed when we may, or asked for in one sentence.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::machine;
use crate::outcome::Outcome;

/// The oldest Node that the browser side builds with.
const NODE: (u32, u32) = (20, 19);

/// Which part of the tests is to run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    Rust,
    Web,
    Both,
}

struct Need {
    package: &'static str,
    side: Side,
    present: fn() -> bool,
}

const NEEDS: [Need; 12] = [
    Need { package: "gcc", side: Side::Both, present: has_compiler },
    Need { package: "postgresql", side: Side::Rust, present: || machine::postgres_programs().is_some() },
    Need { package: "postfix", side: Side::Rust, present: || machine::find_program("postfix").is_some() },
    Need { package: "dovecot-imapd", side: Side::Rust, present: || has_dovecot("imap") },
    Need { package: "dovecot-pop3d", side: Side::Rust, present: || has_dovecot("pop3") },
    Need { package: "clamav-daemon", side: Side::Rust, present: || machine::find_program("clamd").is_some() },
    Need { package: "pebble", side: Side::Rust, present: || machine::find_program("pebble").is_some() },
    Need { package: "python3-venv", side: Side::Rust, present: has_python },
    Need { package: "python3-dkim", side: Side::Rust, present: || imports("dkim") },
    Need { package: "python3-nacl", side: Side::Rust, present: || imports("nacl") },
    Need { package: "strace", side: Side::Rust, present: || machine::find_program("strace").is_some() },
    Need { package: "chromium", side: Side::Web, present: || machine::chromium().is_some() },
];

/// Makes sure that everything is there for this side.
pub fn ensure(side: Side) -> Outcome {
    ensure_node()?;
    let missing: Vec<&str> = NEEDS
        .iter()
        .filter(|need| need.side == Side::Both || side == Side::Both || need.side == side)
        .filter(|need| !(need.present)())
        .map(|need| need.package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !machine::is_root() || machine::find_program("apt-get").is_none() {
        let list = missing.join(" ");
        return Err(format!(
            "the tests need {list}; install with `sudo apt-get install --no-install-recommends {list}`"
        ));
    }
    install(&missing)?;
    match NEEDS.iter().find(|need| missing.contains(&need.package) && !(need.present)()) {
        None => Ok(()),
        Some(need) => Err(format!("{} was installed, but its program is not found", need.package)),
    }
}

/// The store for attachments in the tests of two nodes is a Python program.
fn has_python() -> bool {
    let asked = Command::new("python3").args(["-c", "import venv, ensurepip"]).stderr(Stdio::null()).status();
    asked.is_ok_and(|status| status.success())
}

/// Signatures of mail are checked by a second program; the distribution's Python may not be the first in PATH.
fn imports(module: &str) -> bool {
    let imports = |python: &str| {
        let asked =
            Command::new(python).args(["-c", &format!("import {module}")]).stderr(Stdio::null()).status();
        asked.is_ok_and(|status| status.success())
    };
    imports("/usr/bin/python3") || imports("python3")
}

/// Dovecot's programs stand in a folder of their own.
fn has_dovecot(protocol: &str) -> bool {
    machine::find_program("dovecot").is_some() && Path::new("/usr/lib/dovecot").join(protocol).exists()
}

fn has_compiler() -> bool {
    ["cc", "gcc", "clang"].iter().any(|name| machine::find_program(name).is_some())
}

/// Node is not installed by us: Debian's own is too old, and every developer has a way of their own.
fn ensure_node() -> Outcome {
    let wanted = format!("Node {}.{} or newer", NODE.0, NODE.1);
    let Some(said) = machine::version_of("node", "--version") else {
        return Err(format!(
            "{wanted} is needed to build the browser side, and `node` was not found in PATH"
        ));
    };
    if is_new_enough(&said) {
        return Ok(());
    }
    Err(format!("{wanted} is needed to build the browser side; this is {said}"))
}

fn is_new_enough(version: &str) -> bool {
    let mut numbers = version.trim_start_matches('v').split('.').map(|part| part.parse().unwrap_or(0));
    let found = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    found >= NODE
}

fn install(packages: &[&str]) -> Outcome {
    println!("installing {}", packages.join(" "));
    apt(&["update", "--quiet"])?;
    let quiet_services = KeepServicesDown::start();
    if packages.contains(&"postfix") {
        // Without an answer the package would write a configuration that listens for mail.
        preseed("postfix postfix/main_mailer_type select No configuration\n")?;
    }
    let mut arguments = vec!["install", "--yes", "--quiet", "--no-install-recommends"];
    arguments.extend(packages);
    let done = apt(&arguments);
    drop(quiet_services);
    done
}

fn apt(arguments: &[&str]) -> Outcome {
    let status = Command::new("apt-get")
        .args(["-o", "DPkg::Lock::Timeout=300"])
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .status()
        .map_err(|e| format!("cannot run apt-get: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("apt-get {} failed", arguments.join(" "))) }
}

fn preseed(answers: &str) -> Outcome {
    use std::io::Write;
    let mut program = Command::new("debconf-set-selections")
        .stdin(Stdio::piped())
        .spawn()
        .map_err(|e| format!("cannot run debconf-set-selections: {e}"))?;
    if let Some(mut input) = program.stdin.take() {
        input.write_all(answers.as_bytes()).map_err(|e| e.to_string())?;
    }
    let status = program.wait().map_err(|e| e.to_string())?;
    if status.success() { Ok(()) } else { Err("debconf-set-selections failed".to_owned()) }
}

/// While it lives, packages do not start services; Debian asks this file (`invoke-rc.d(8)`).
struct KeepServicesDown {
    ours: bool,
}

const POLICY: &str = "/usr/sbin/policy-rc.d";

impl KeepServicesDown {
    fn start() -> KeepServicesDown {
        use std::os::unix::fs::PermissionsExt;
        if Path::new(POLICY).exists() {
            return KeepServicesDown { ours: false };
        }
        let written = fs::write(POLICY, "#!/bin/sh\nexit 101\n").is_ok()
            && fs::set_permissions(POLICY, fs::Permissions::from_mode(0o755)).is_ok();
        KeepServicesDown { ours: written }
    }
}

impl Drop for KeepServicesDown {
    fn drop(&mut self) {
        if self.ours {
            // Left behind, it would only keep services from starting at their next installation.
            let _ = fs::remove_file(POLICY);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_node_is_refused_and_a_new_one_taken() {
        for (version, enough) in [
            ("v20.19.0", true),
            ("v20.20.2", true),
            ("v22.0.0", true),
            ("v20.18.9", false),
            ("v18.19.0", false),
            ("", false),
        ] {
            assert_eq!(is_new_enough(version), enough, "{version}");
        }
    }
}
