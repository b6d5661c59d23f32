//! Figures and the table in which they stand.

use std::time::Duration;

use super::limits::Limits;
use super::plan::Plan;
use super::process::Used;
use crate::driver::Engine;

/// One measurement: how long each operation took, and what all of them used.
#[derive(Default)]
pub struct Measured {
    /// Milliseconds.
    pub times: Vec<f64>,
    pub time: Duration,
    pub used: Used,
    pub failed: usize,
}

impl Measured {
    pub fn rate(&self) -> f64 {
        self.times.len() as f64 / self.time.as_secs_f64()
    }

    pub fn at(&mut self, percent: f64) -> f64 {
        percentile(&mut self.times, percent)
    }

    /// Milliseconds of processor time of server and database for one operation.
    pub fn cost(&self) -> f64 {
        (self.used.server + self.used.database) * 1000.0 / self.times.len().max(1) as f64
    }

    /// What the load itself used, in cores.
    fn load(&self) -> f64 {
        self.used.load / self.time.as_secs_f64()
    }
}

pub fn percentile(times: &mut [f64], percent: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    let at = (times.len() as f64 * percent / 100.0).ceil() as usize;
    times.get(at.clamp(1, times.len().max(1)) - 1).copied().unwrap_or(f64::NAN)
}

pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    percentile(&mut values.collect::<Vec<f64>>(), 50.0)
}

/// What is promised: at least, or less than.
pub enum Budget {
    AtLeast(f64, &'static str),
    Below(f64, &'static str),
    None,
}

pub struct Table {
    title: String,
    lines: Vec<[String; 5]>,
}

impl Table {
    pub fn new(engine: Engine, plan: &Plan) -> Table {
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        let seconds = plan.time.as_secs_f64();
        println!("\n{engine}: {} conversations", plan.size);
        let title = format!(
            "{engine}, {} conversations, {} messages, {cores} cores; median of {} rounds of {seconds} s",
            plan.size,
            plan.size * 3,
            plan.rounds
        );
        Table { title, lines: Vec::new() }
    }

    pub fn limits(&mut self, limits: &Limits) {
        let disk = format!(
            "{:.0}/s, median {:.3} ms, p99 {:.3} ms",
            limits.syncs, limits.sync_median, limits.sync_p99
        );
        self.line("limit: 4 kB to the disk (fdatasync)", "", &disk, "", "");
        let commits = format!("{:.0}/s", limits.commits);
        let what = format!("limit: one durable row after the other ({})", limits.commit_of);
        self.line(&what, "", &commits, "", "");
    }

    /// A row of several rounds. `show` gives the figure that is judged, from one round, and the words around it.
    pub fn row(
        &mut self,
        what: &str,
        budget: &Budget,
        rounds: &mut [Measured],
        show: (&str, fn(&mut Measured) -> f64, &str),
        more: &str,
    ) {
        let figure = median(rounds.iter_mut().map(show.1));
        let rest = format!(
            "{:.0}/s; median {:.2} ms, p99 {:.2} ms; {:.2} ms CPU each (load {:.2} cores)",
            median(rounds.iter().map(Measured::rate)),
            median(rounds.iter_mut().map(|m| m.at(50.0))),
            median(rounds.iter_mut().map(|m| m.at(99.0))),
            median(rounds.iter().map(Measured::cost)),
            median(rounds.iter().map(Measured::load)),
        );
        let failed: usize = rounds.iter().map(|m| m.failed).sum();
        let failed = if failed == 0 { String::new() } else { format!("; {failed} FAILED") };
        let more = if more.is_empty() { String::new() } else { format!("; {more}") };
        let (before, _, after) = show;
        self.judged(
            what,
            budget,
            figure,
            &format!("{before}{}{after}", short(figure)),
            &format!("{rest}{more}{failed}"),
        );
    }

    pub fn judged(&mut self, what: &str, budget: &Budget, figure: f64, shown: &str, rest: &str) {
        let (promised, verdict) = match budget {
            Budget::AtLeast(least, unit) => (format!("≥ {least} {unit}"), word(figure >= *least)),
            Budget::Below(most, unit) => (format!("< {most} {unit}"), word(figure < *most)),
            Budget::None => (String::new(), ""),
        };
        self.line(what, &promised, shown, verdict, rest);
    }

    fn line(&mut self, what: &str, budget: &str, shown: &str, verdict: &str, rest: &str) {
        println!("  {what}: {shown} {verdict} {rest}");
        self.lines.push([what, budget, shown, verdict, rest].map(str::to_owned));
    }

    pub fn print(&self) {
        println!(
            "\n### {}\n\n| what | budget | measured | verdict | besides |\n|---|---|---|---|---|",
            self.title
        );
        for line in &self.lines {
            println!("| {} |", line.join(" | "));
        }
    }
}

fn word(held: bool) -> &'static str {
    if held { "held" } else { "MISSED" }
}

fn short(figure: f64) -> String {
    if figure >= 100.0 { format!("{figure:.0}") } else { format!("{figure:.2}") }
}
