//! Counts tests from what the runners print: in all, and how many on each database.
//!
//! A test that runs on both databases is written once; its two forms end in `::on_sqlite` and `::on_postgres`.

use std::fmt;

/// Who printed a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Runner {
    /// `cargo test`
    Rust,
    /// vitest or Node's own runner
    Script,
    /// Playwright
    Browser,
}

/// Numbers of tests so far.
#[derive(Default, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
    pub on_sqlite: u64,
    pub on_postgres: u64,
}

impl Tally {
    /// Reads one line of a runner's output.
    pub fn hear(&mut self, runner: Runner, line: &str) {
        let line = plain(line);
        match runner {
            Runner::Rust => self.hear_rust(&line),
            Runner::Script => self.hear_script(&line),
            Runner::Browser => self.hear_browser(&line),
        }
    }

    /// A step that is no test runner (format, lints, licences) counts as one check.
    pub fn check(&mut self, held: bool) {
        if held {
            self.passed += 1;
        } else {
            self.failed += 1;
        }
    }

    /// Adds another tally to this one.
    pub fn add(&mut self, other: &Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.on_sqlite += other.on_sqlite;
        self.on_postgres += other.on_postgres;
    }

    fn hear_rust(&mut self, line: &str) {
        if let Some(rest) = line.strip_prefix("test result: ") {
            let summary = rest.split_once(". ").map_or(rest, |(_, counts)| counts);
            for part in summary.split(';') {
                self.count(part.trim());
            }
        } else if let Some((name, fate)) =
            line.strip_prefix("test ").and_then(|rest| rest.split_once(" ... "))
        {
            if fate.starts_with("ignored") {
                return;
            }
            self.on_sqlite += u64::from(name.ends_with("::on_sqlite"));
            self.on_postgres += u64::from(name.ends_with("::on_postgres"));
        }
    }

    /// vitest: `Tests  1 failed | 11 passed (12)`; Node: `ℹ pass 3` or `# pass 3`.
    fn hear_script(&mut self, line: &str) {
        let line = line.trim();
        if let Some(counts) = line.strip_prefix("Tests ") {
            let counts = counts.split('(').next().unwrap_or(counts);
            for part in counts.split('|') {
                self.count(part.trim());
            }
        } else if let Some(rest) = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# ")) {
            match rest.split_once(' ') {
                Some(("pass", number)) => self.passed += number.parse().unwrap_or(0),
                Some(("fail", number)) => self.failed += number.parse().unwrap_or(0),
                Some(("skipped", number)) => self.skipped += number.parse().unwrap_or(0),
                _ => {}
            }
        }
    }

    /// Playwright closes with lines such as `  12 passed (3.4s)`.
    fn hear_browser(&mut self, line: &str) {
        let line = line.trim();
        let counts = line.split(" (").next().unwrap_or(line);
        if counts.split(' ').count() == 2 {
            self.count(counts);
        }
    }

    /// Reads `12 passed`.
    fn count(&mut self, part: &str) {
        let Some((number, word)) = part.split_once(' ') else { return };
        let Ok(number) = number.parse::<u64>() else { return };
        match word {
            "passed" => self.passed += number,
            "failed" | "interrupted" => self.failed += number,
            "ignored" | "skipped" | "todo" => self.skipped += number,
            // It failed and then passed: a test that can't be relied on has failed.
            "flaky" => self.failed += number,
            _ => {}
        }
    }
}

impl fmt::Display for Tally {
    /// The closing line; other tools read it, so its form stays.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

/// The line without terminal colours.
fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter != '\u{1b}' {
            text.push(letter);
            continue;
        }
        // A colour is ESC [ numbers m; other sequences end in a letter too.
        letters.by_ref().find(|l| l.is_ascii_alphabetic());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(runner: Runner, text: &str) -> Tally {
        let mut tally = Tally::default();
        for line in text.lines() {
            tally.hear(runner, line);
        }
        tally
    }

    #[test]
    fn rust_tests_are_counted_per_database() {
        let tally = heard(
            Runner::Rust,
            "running 4 tests\n\
             test a_pure_one ... ok\n\
             test tests::reply::reopens::on_sqlite ... ok\n\
             test tests::reply::reopens::on_postgres ... FAILED\n\
             test tests::slow::on_postgres ... ignored\n\
             test result: FAILED. 2 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n",
        );
        let expected = Tally { passed: 2, failed: 1, skipped: 1, on_sqlite: 1, on_postgres: 1 };
        assert_eq!(tally, expected);
        assert_eq!(tally.to_string(), "2 passed, 1 failed, 1 skipped");
    }

    #[test]
    fn coloured_output_of_vitest_is_read() {
        let tally = heard(
            Runner::Script,
            "\u{1b}[2m Test Files \u{1b}[22m 3 passed (3)\n\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m1 failed\u{1b}[22m | 11 passed (12)\n",
        );
        assert_eq!((tally.passed, tally.failed), (11, 1));
    }

    #[test]
    fn the_runner_of_node_is_read() {
        let tally = heard(Runner::Script, "ℹ tests 5\nℹ pass 4\nℹ fail 1\nℹ skipped 0\n");
        assert_eq!((tally.passed, tally.failed), (4, 1));
    }

    #[test]
    fn a_flaky_browser_test_has_failed() {
        let tally =
            heard(Runner::Browser, "  1 flaky\n    login.spec.ts:3:1 › logs in\n  12 passed (3.4s)\n");
        assert_eq!((tally.passed, tally.failed), (12, 1));
    }
}
