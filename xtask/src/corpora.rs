//! `cargo xtask corpora`: real data through the program, one step after the other.

use std::path::Path;
use std::process::Command;

use crate::outcome::Outcome;

/// A folder of real data and the test that takes it.
struct Step {
    /// Relative to the folder that is named on the command line.
    data: &'static str,
    package: &'static str,
    /// `--lib`, or `--test NAME` in two words.
    target: &'static [&'static str],
    /// The test reads the folder from `RAPPORT_CORPORA` and prints its table.
    test: &'static str,
}

/// A test that takes minutes and a folder is ignored in ordinary runs and begun here.
const STEPS: [Step; 5] = [
    Step { data: "spf", package: "spf", target: &["--lib"], test: "tests::suite" },
    Step { data: "mails/mikel", package: "channel-email", target: &["--lib"], test: "tests::mikel" },
    Step {
        data: "bounces",
        package: "channel-email",
        target: &["--lib"],
        test: "tests::bounces::nine_of_ten",
    },
    Step { data: "reply-parsing", package: "quoting", target: &["--lib"], test: "tests::corpus" },
    Step {
        data: "naughty-strings",
        package: "rapport",
        target: &["--test", "journeys"],
        test: "guards::corpora",
    },
];

/// Runs every step, or those whose data is named behind the folder; all of them, also when one fails.
pub fn run(root: &Path, arguments: &[String]) -> Outcome {
    let Some((folder, named)) = arguments.split_first() else {
        return Err("name the folder that holds the data: `cargo xtask corpora FOLDER [DATA…]`".to_owned());
    };
    let folder = std::fs::canonicalize(folder).map_err(|e| format!("{folder} can't be opened: {e}"))?;
    let unknown = named.iter().find(|name| !STEPS.iter().any(|step| step.data == name.as_str()));
    if let Some(name) = unknown {
        let known: Vec<&str> = STEPS.iter().map(|step| step.data).collect();
        return Err(format!("there is no step `{name}`; there are {}", known.join(", ")));
    }
    let mut troubles = Vec::new();
    for step in STEPS.iter().filter(|step| named.is_empty() || named.iter().any(|name| name == step.data)) {
        println!("\n── {}", step.data);
        if !folder.join(step.data).exists() {
            println!("left out: {} is not there", folder.join(step.data).display());
            continue;
        }
        if !step.succeeds(root, &folder)? {
            troubles.push(step.data);
        }
    }
    if troubles.is_empty() { Ok(()) } else { Err(format!("corpora: {} failed", troubles.join(", "))) }
}

impl Step {
    fn succeeds(&self, root: &Path, folder: &Path) -> Outcome<bool> {
        let mut command = Command::new("cargo");
        command.current_dir(root).env("RAPPORT_CORPORA", folder);
        command.args(["test", "--package", self.package]).args(self.target).arg(self.test);
        command.args(["--", "--include-ignored", "--nocapture"]);
        let status = command.status().map_err(|e| format!("cannot run cargo: {e}"))?;
        Ok(status.success())
    }
}
