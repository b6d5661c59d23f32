//! `cargo xtask bench`: the budgets of the design, measured on a running server, on both databases.
//!
//! `--small` (20,000 conversations, a smoke run), `--size N` (1,000,000), `--seconds N` per measurement (2; mail
//! and screens take five times as long),
//! `--rounds N` (3), `--keep DIR` (the generated data is used again), `--only NAME` (`sqlite`, `postgres`
//! or a row: `start`, `memory`, `list`, `open`, `search`, `screen`, `mail`, `hostile`, `fetch`, `create`; may be repeated).
//! Nothing is asserted: the table says what was reached.

#[path = "bench/mod.rs"]
mod bench;
#[path = "../tests/journeys/driver/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the tests use more of it")]
mod driver;

use std::path::PathBuf;
use std::process::Command;

use bench::plan::Plan;

/// Built before the first row, beside this program and in the same form.
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
    if is_release() {
        cargo.arg("--release");
    }
    assert!(cargo.status().expect("cargo runs").success(), "the program could not be built");
}

fn is_release() -> bool {
    folder().ends_with("release")
}

fn main() {
    let plan = match Plan::parse(std::env::args().skip(1)) {
        Ok(plan) => plan,
        Err(sentence) => return eprintln!("bench: {sentence}"),
    };
    if !plan.built {
        build();
    }
    if !is_release() {
        println!("Built for debugging: the figures say nothing about the budgets.");
    }
    for engine in &plan.engines {
        bench::run(&plan, *engine);
    }
}
