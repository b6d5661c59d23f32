//! The steps of `cargo xtask test`: run in order, shown as they go, counted at the end.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::finding::Finding;
use crate::licences;
use crate::machine;
use crate::outcome::Outcome;
use crate::postgres::{self, Server};
use crate::prerequisites::{self, Side};
use crate::tally::{Runner, Tally};

/// What to run, and how.
pub struct Plan {
    pub side: Side,
    pub filter: Vec<String>,
    pub environment: Vec<(&'static str, &'static str)>,
}

impl Plan {
    /// Reads `--only rust|web`, `--no-fsync` and the rest as a filter for Rust tests.
    pub fn parse(arguments: &[String]) -> Outcome<Plan> {
        let mut plan = Plan { side: Side::Both, filter: Vec::new(), environment: Vec::new() };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            match argument.as_str() {
                "--only" => {
                    plan.side = match rest.next().map(String::as_str) {
                        Some("rust") => Side::Rust,
                        Some("web") => Side::Web,
                        _ => return Err("`--only` takes `rust` or `web`".to_owned()),
                    }
                }
                "--no-fsync" => plan.environment.push((postgres::FSYNC_VARIABLE, "off")),
                "--" => {}
                other => plan.filter.push(other.to_owned()),
            }
        }
        Ok(plan)
    }
}

/// Runs everything that the plan asks for; a failing step does not hide those after it.
pub fn run(root: &Path, plan: &Plan) -> Outcome {
    prerequisites::ensure(plan.side)?;
    let mut run = Run { root, plan, tally: Tally::default(), troubles: Vec::new() };
    if plan.side != Side::Web {
        run.rust();
    }
    if plan.side != Side::Rust {
        run.web();
    }
    run.close()
}

struct Run<'a> {
    root: &'a Path,
    plan: &'a Plan,
    tally: Tally,
    troubles: Vec<String>,
}

impl Run<'_> {
    fn rust(&mut self) {
        self.check("format", self.cargo(&["fmt", "--all", "--check"]));
        self.check(
            "lints",
            self.cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]),
        );
        self.judge("licences", licences::judge);
        if machine::find_program("cargo-deny").is_some() {
            self.check(
                "licences and bans by cargo deny",
                self.cargo(&["deny", "--locked", "check", "licenses", "bans", "sources"]),
            );
        }
        let server = match self.server() {
            Ok(server) => server,
            Err(message) => {
                println!("{message}");
                self.troubles.push("PostgreSQL".to_owned());
                self.tally.check(false);
                return;
            }
        };
        let mut tests = self.cargo(&["test", "--workspace", "--locked", "--no-fail-fast", "--"]);
        tests.args(&self.plan.filter);
        if let Some(server) = &server {
            tests.env(postgres::VARIABLE, server.url());
        }
        self.tests("tests in Rust, on both databases", Runner::Rust, tests);
        // One text of SQL serves both, and only running it on both shows that it does.
        if self.plan.filter.is_empty() && self.tally.on_sqlite != self.tally.on_postgres {
            self.troubles.push("some tests ran on one database only".to_owned());
            self.tally.check(false);
        }
    }

    /// A server of our own, unless one is given from outside.
    fn server(&self) -> Outcome<Option<Server>> {
        if std::env::var_os(postgres::VARIABLE).is_some() {
            return Ok(None);
        }
        let is_off = |(name, value): &(&str, &str)| *name == postgres::FSYNC_VARIABLE && *value == "off";
        let server = if self.plan.environment.iter().any(is_off) {
            Server::start_with(false)
        } else {
            Server::start()
        };
        server.map(Some)
    }

    fn web(&mut self) {
        let folder = self.root.join("web");
        if !folder.join("package.json").is_file() {
            println!("the browser side has no package.json: nothing to check there");
            return;
        }
        self.check("browser packages", self.npm(&["ci", "--no-audit", "--no-fund"]));
        self.check("browser side: types and lints", self.npm(&["run", "check"]));
        self.tests("browser side: tests", Runner::Script, self.npm(&["test"]));
        self.check("browser side: build", self.npm(&["run", "build"]));
        self.check("browser side: sizes", self.npm(&["run", "budgets"]));
        if has_journeys(&folder.join("tests/e2e")) {
            self.check(
                "the server for the browser tests",
                self.cargo(&["build", "--locked", "--package", "rapport"]),
            );
            let mut journeys = self.program("npx");
            journeys
                .current_dir(&folder)
                .args(["playwright", "test"])
                .env("RAPPORT_BIN", self.built("rapport"));
            self.tests("tests in a real browser", Runner::Browser, journeys);
        }
    }

    /// Where cargo puts a program that it has built.
    fn built(&self, name: &str) -> PathBuf {
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or(self.root.join("target"), PathBuf::from);
        self.root.join(target).join("debug").join(name)
    }

    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = self.program("cargo");
        command.current_dir(self.root).args(arguments);
        command
    }

    fn npm(&self, arguments: &[&str]) -> Command {
        let mut command = self.program("npm");
        command.current_dir(self.root.join("web")).args(arguments);
        command
    }

    fn program(&self, name: &str) -> Command {
        let mut command = Command::new(name);
        command.envs(self.plan.environment.iter().copied());
        command.stdin(Stdio::null());
        if let Some(browser) = machine::chromium() {
            command.env("CHROMIUM", browser);
        }
        command
    }

    /// A step that either holds or does not.
    fn check(&mut self, title: &str, mut command: Command) {
        let begun = announce(title);
        let held = match command.status() {
            Ok(status) => status.success(),
            Err(error) => {
                println!("cannot run {}: {error}", command.get_program().to_string_lossy());
                false
            }
        };
        self.finish(title, held, begun);
        self.tally.check(held);
    }

    /// A step of our own that finds things, or nothing.
    fn judge(&mut self, title: &str, judge: fn(&Path) -> Result<Vec<Finding>, String>) {
        let begun = announce(title);
        let held = match judge(self.root) {
            Ok(findings) => {
                findings.iter().for_each(|finding| println!("{finding}"));
                findings.is_empty()
            }
            Err(message) => {
                println!("{message}");
                false
            }
        };
        self.finish(title, held, begun);
        self.tally.check(held);
    }

    /// A step whose output tells how many tests ran.
    fn tests(&mut self, title: &str, runner: Runner, mut command: Command) {
        let begun = announce(title);
        let mut tally = Tally::default();
        let held = match hear(&mut command, |line| tally.hear(runner, line)) {
            Ok(held) => held,
            Err(message) => {
                println!("{message}");
                false
            }
        };
        // It may fail before the first test ran, for example in the compiler.
        if !held && tally.failed == 0 {
            tally.failed = 1;
        }
        if held && tally.passed == 0 && self.plan.filter.is_empty() {
            println!("no test ran here");
            tally.failed += 1;
        }
        self.finish(title, tally.failed == 0, begun);
        self.tally.add(&tally);
    }

    fn finish(&mut self, title: &str, held: bool, begun: Instant) {
        println!("{} {title} ({:.0} s)", if held { "ok:" } else { "FAILED:" }, begun.elapsed().as_secs_f64());
        if !held {
            self.troubles.push(title.to_owned());
        }
    }

    fn close(self) -> Outcome {
        println!();
        if self.plan.side != Side::Web {
            println!(
                "on SQLite: {} tests; on PostgreSQL: {} tests",
                self.tally.on_sqlite, self.tally.on_postgres
            );
        }
        for title in &self.troubles {
            println!("FAILED: {title}");
        }
        println!("{}", self.tally);
        if self.troubles.is_empty() { Ok(()) } else { Err(String::new()) }
    }
}

/// Is there a test for a real browser?
fn has_journeys(folder: &Path) -> bool {
    let mut entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.any(|entry| entry.file_name().to_string_lossy().contains(".spec.") || has_journeys(&entry.path()))
}

fn announce(title: &str) -> Instant {
    println!("\n── {title}");
    Instant::now()
}

/// Runs a command, shows its output and hands over each line; true when it ended well.
fn hear(command: &mut Command, mut line_heard: impl FnMut(&str)) -> Outcome<bool> {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|e| format!("cannot run {name}: {e}"))?;
    if let Some(output) = child.stdout.take() {
        let mut reader = BufReader::new(output);
        let mut line = Vec::new();
        // Read as bytes: a test may print what is not UTF-8.
        while reader.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            let text = String::from_utf8_lossy(&line);
            print!("{text}");
            line_heard(text.trim_end());
            line.clear();
        }
    }
    Ok(child.wait().map_err(|e| e.to_string())?.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Outcome<Plan> {
        let arguments: Vec<String> = arguments.iter().map(|a| (*a).to_owned()).collect();
        Plan::parse(&arguments)
    }

    #[test]
    fn the_side_and_the_filter_are_read() {
        let plan = parse(&["--only", "rust", "reply"]).expect("valid");
        assert_eq!(plan.side, Side::Rust);
        assert_eq!(plan.filter, ["reply"]);
        assert!(parse(&["--only", "backend"]).is_err());
    }

    #[test]
    fn output_is_heard_and_the_end_is_known() {
        let mut lines = Vec::new();
        let mut command = Command::new("sh");
        command.args(["-c", "echo one; echo two; exit 3"]);
        let held = hear(&mut command, |line| lines.push(line.to_owned())).expect("sh runs");
        assert!(!held);
        assert_eq!(lines, ["one", "two"]);
    }
}
