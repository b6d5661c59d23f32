//! `cargo xtask crash`: rounds of `kill -9` under load on both databases, and the figures.
//!
//! `--rounds N` (200), `--only sqlite|postgres`.

#[path = "../tests/journeys/crash/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the tests use more of it")]
mod crash;
#[path = "../tests/journeys/driver/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the tests use more of it")]
mod driver;

use std::path::PathBuf;
use std::process::Command;

use driver::Engine;

/// Built before the first round, beside this program and in the same form.
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
    let (mut rounds, mut engines) = (200, vec![Engine::Sqlite, Engine::Postgres]);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match (word.as_str(), words.next().as_deref()) {
            ("--rounds", Some(n)) => rounds = n.parse().expect("a number of rounds"),
            ("--only", Some("sqlite")) => engines = vec![Engine::Sqlite],
            ("--only", Some("postgres")) => engines = vec![Engine::Postgres],
            _ => {
                eprintln!("cargo xtask crash [--rounds N] [--only sqlite|postgres]");
                return;
            }
        }
    }
    build();
    for engine in engines {
        let plan = crash::Plan { engine, rounds, writers: 4, answerers: 4, round: (100, 1200) };
        println!("{}", crash::run(plan));
    }
}
