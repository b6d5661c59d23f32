//! What the command line asks for.

use std::path::PathBuf;
use std::time::Duration;

use crate::driver::Engine;

pub struct Plan {
    pub engines: Vec<Engine>,
    /// Conversations; there are three times as many messages.
    pub size: i64,
    /// How long one measurement lasts.
    pub time: Duration,
    /// Measurements of a row: the median is shown.
    pub rounds: usize,
    pub keep: Option<PathBuf>,
    /// The program stands there already.
    pub built: bool,
    rows: Vec<String>,
}

const ROWS: [&str; 10] =
    ["start", "memory", "list", "open", "search", "screen", "mail", "hostile", "fetch", "create"];
const USAGE: &str = "cargo xtask bench [--small] [--size N] [--seconds N] [--rounds N] [--keep DIR] \
                     [--only sqlite|postgres|start|memory|list|open|search|screen|mail|hostile|fetch|create]… [--built]";

impl Plan {
    pub fn parse(mut words: impl Iterator<Item = String>) -> Result<Plan, String> {
        let mut plan = Plan {
            engines: Vec::new(),
            size: 1_000_000,
            time: Duration::from_secs(2),
            rounds: 3,
            keep: None,
            built: false,
            rows: Vec::new(),
        };
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("{word} needs a value. {USAGE}"));
            match word.as_str() {
                "--small" => {
                    (plan.size, plan.rounds, plan.time) = (20_000, 1, Duration::from_millis(500));
                }
                "--built" => plan.built = true,
                "--size" => plan.size = number(&value()?)?.max(1_000),
                "--seconds" => plan.time = Duration::from_secs(number(&value()?)?.max(1).unsigned_abs()),
                "--rounds" => plan.rounds = usize::try_from(number(&value()?)?.max(1)).unwrap_or(1),
                "--keep" => plan.keep = Some(PathBuf::from(value()?)),
                "--only" => match value()?.as_str() {
                    "sqlite" => plan.engines.push(Engine::Sqlite),
                    "postgres" => plan.engines.push(Engine::Postgres),
                    row if ROWS.contains(&row) => plan.rows.push(row.to_owned()),
                    other => return Err(format!("there is no row {other}. {USAGE}")),
                },
                _ => return Err(USAGE.to_owned()),
            }
        }
        if plan.engines.is_empty() {
            plan.engines = vec![Engine::Sqlite, Engine::Postgres];
        }
        Ok(plan)
    }

    pub fn wants(&self, row: &str) -> bool {
        self.rows.is_empty() || self.rows.iter().any(|wanted| wanted == row)
    }
}

fn number(word: &str) -> Result<i64, String> {
    word.replace(['_', ','], "").parse().map_err(|_| format!("{word} is no number. {USAGE}"))
}
