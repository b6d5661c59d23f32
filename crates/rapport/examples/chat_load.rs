//! Ten thousand idle and five hundred active visitors on one process: memory, latency, and all of them returning
//! after a restart.
//!
//! `--idle N` (10,000), `--active N` (500), `--seconds N` (30), `--only sqlite|postgres`. Nothing is asserted: the
//! figures are printed.

#[path = "chat_load/crowd.rs"]
mod crowd;
#[path = "../tests/journeys/driver/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the tests use more of it")]
mod driver;
#[path = "chat_load/wire.rs"]
mod wire;

use std::path::PathBuf;
use std::process::Command;

use crowd::Plan;
use driver::Engine;

/// Built before the first visitor, beside this program and in the same form.
fn program() -> PathBuf {
    folder().join("rapport")
}

fn folder() -> PathBuf {
    let own = std::env::current_exe().expect("the system knows where this program is");
    own.parent().and_then(|examples| examples.parent()).expect("a folder of examples").to_owned()
}

fn build() {
    let mut cargo = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    cargo.args(["build", "--locked", "--package", "rapport", "--bin", "rapport"]);
    if folder().ends_with("release") {
        cargo.arg("--release");
    }
    assert!(cargo.status().expect("cargo runs").success(), "the program could not be built");
}

fn main() {
    let mut plan = Plan { idle: 10_000, active: 500, seconds: 30 };
    let mut engines = vec![Engine::Sqlite];
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().unwrap_or_default();
        match (word.as_str(), value.as_str()) {
            ("--idle", n) => plan.idle = n.parse().expect("a number of visitors"),
            ("--active", n) => plan.active = n.parse().expect("a number of visitors"),
            ("--seconds", n) => plan.seconds = n.parse().expect("a number of seconds"),
            ("--only", "sqlite") => engines = vec![Engine::Sqlite],
            ("--only", "postgres") => engines = vec![Engine::Postgres],
            _ => {
                return eprintln!("chat_load [--idle N] [--active N] [--seconds N] [--only sqlite|postgres]");
            }
        }
    }
    build();
    for engine in engines {
        crowd::run(&plan, engine);
    }
}
