//! The door: reads the sub-command and hands over.

use std::env;
use std::path::Path;
use std::process::ExitCode;

use xtask::outcome::Outcome;
use xtask::{commands, corpora, machine};

const HELP: &str = "\
cargo xtask COMMAND

  test [--only rust|web] [--no-fsync] [FILTER]
                     everything: format, lints, licences, tests on both databases, the browser side;
                     FILTER narrows the Rust tests by name
  postgres -- COMMAND…
                     runs COMMAND with a private PostgreSQL; its address is in RAPPORT_TEST_POSTGRES
  tidy               the rules of the house
  house              draws crates, arrows, circles, height and the busiest files
  licences           every dependency against the list in deny.toml
  dev                builds and starts the demo company with its data in ./data
  bench [ARGUMENT…]  the budgets, measured
  crash [ARGUMENT…]  rounds of kill -9 under load
  reading [FOLDER]   reading mail, beside the bare parser library, and what hostile mail costs
  corpora FOLDER [DATA…]
                     real data through the program: naughty strings, mails; DATA narrows it to some of them
  ci                 what .ci/run runs
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let root = machine::root();
    match run(&root, &arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            if !message.is_empty() {
                eprintln!("xtask: {message}");
            }
            ExitCode::FAILURE
        }
    }
}

fn run(root: &Path, arguments: &[String]) -> Outcome {
    let Some((command, rest)) = arguments.split_first() else {
        print!("{HELP}");
        return Ok(());
    };
    match command.as_str() {
        "test" => commands::test(root, rest),
        "postgres" => commands::postgres(root, rest),
        "tidy" => commands::tidy(root),
        "house" => commands::house(root),
        "licences" => commands::licences(root),
        "dev" => commands::dev(root),
        "bench" | "crash" => commands::example(root, command, rest),
        "reading" => commands::reading(root, rest),
        "corpora" => corpora::run(root, rest),
        "ci" => commands::ci(root),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(format!("there is no command `{other}`; `cargo xtask help` lists them")),
    }
}
