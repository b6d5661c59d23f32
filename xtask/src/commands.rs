//! The sub-commands, each a few lines over the parts that do the work.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use crate::house::drawing::draw;
use crate::house::survey::House;
use crate::licences;
use crate::machine;
use crate::outcome::Outcome;
use crate::postgres::{self, with_server};
use crate::steps;
use crate::tidy;

/// `cargo xtask test`
pub fn test(root: &Path, arguments: &[String]) -> Outcome {
    let plan = steps::Plan::parse(arguments)?;
    steps::run(root, &plan)
}

/// `cargo xtask ci`: says what machine this is, then everything, tuned for one run from a clean clone.
pub fn ci(root: &Path) -> Outcome {
    print_machine();
    let mut plan = steps::Plan::parse(&[])?;
    // Nothing is built twice and nobody debugs there: both would only cost time and disk.
    plan.environment = vec![("CARGO_INCREMENTAL", "0"), ("CARGO_PROFILE_DEV_DEBUG", "0"), ("CI", "true")];
    steps::run(root, &plan)
}

/// `cargo xtask postgres -- COMMAND…`
pub fn postgres(root: &Path, arguments: &[String]) -> Outcome {
    let command: Vec<&String> = arguments.iter().skip_while(|argument| *argument == "--").collect();
    let Some((program, rest)) = command.split_first() else {
        return Err("say what to run: `cargo xtask postgres -- cargo test -p store`".to_owned());
    };
    with_server(|url| {
        let mut command = Command::new(program);
        command.args(rest.iter()).env(postgres::VARIABLE, url);
        if *program == "cargo" {
            command.current_dir(root);
        }
        finish(&mut command)
    })
}

/// `cargo xtask tidy`
pub fn tidy(root: &Path) -> Outcome {
    let findings = tidy::judge(root)?;
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => {
            println!("tidy: clean");
            Ok(())
        }
        count => Err(format!("tidy: {count} findings")),
    }
}

/// `cargo xtask house`
pub fn house(root: &Path) -> Outcome {
    let drawing = draw(&House::read(root)?);
    print!("{}", drawing.text);
    if drawing.circles.is_empty() { Ok(()) } else { Err("the house has circles".to_owned()) }
}

/// `cargo xtask licences`
pub fn licences(root: &Path) -> Outcome {
    let findings = licences::judge(root)?;
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => {
            println!("licences: every dependency fits");
            Ok(())
        }
        count => Err(format!("licences: {count} findings")),
    }
}

/// `cargo xtask dev`
pub fn dev(root: &Path) -> Outcome {
    let mut command = Command::new("cargo");
    command.current_dir(root).args(["run", "--", "demo", "--data", "./data"]);
    Err(format!("cannot run cargo: {}", command.exec()))
}

/// `cargo xtask bench` and `cargo xtask crash`: programs beside the server, in release form, with PostgreSQL.
pub fn example(root: &Path, name: &str, arguments: &[String]) -> Outcome {
    with_server(|url| {
        let mut command = Command::new("cargo");
        command.current_dir(root).args(["run", "--release", "--package", "rapport", "--example", name, "--"]);
        command.args(arguments).env(postgres::VARIABLE, url);
        finish(&mut command)
    })
}

/// `cargo xtask reading`: the speed of reading mail beside the bare parser library, and what hostile mail costs.
pub fn reading(root: &Path, arguments: &[String]) -> Outcome {
    let mut command = Command::new("cargo");
    command.args(["run", "--release", "--package", "hostile", "--example", "reading", "--"]);
    // The folder is named from where the command was given.
    let folders =
        arguments.iter().map(|folder| std::fs::canonicalize(folder).unwrap_or_else(|_| folder.into()));
    finish(command.args(folders).current_dir(root))
}

fn finish(command: &mut Command) -> Outcome {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().map_err(|e| format!("cannot run {program}: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("{program} ended with {status}")) }
}

fn print_machine() {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    println!("cores: {cores}");
    println!("memory: {}", memory.lines().next().unwrap_or("unknown").trim_start_matches("MemTotal:").trim());
    let programs = [("uname", "-sr"), ("rustc", "--version"), ("node", "--version"), ("cc", "--version")];
    for (program, argument) in programs {
        println!("{program}: {}", machine::version_of(program, argument).unwrap_or("not found".to_owned()));
    }
    let postgres = machine::postgres_programs().map(|folder| folder.display().to_string());
    println!("postgresql: {}", postgres.unwrap_or("not yet installed".to_owned()));
}
