//! The row about inbound mail: from SMTP to a conversation that can be seen and found.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use store::{Db, p};

use super::At;
use super::figures::{Budget, Measured, Table, median};
use super::fill::address;
use super::letters::{Letters, Line};
use super::words::Words;
use crate::driver::{fresh, pause};

pub const LINES: usize = 16;
pub const PER_SECOND: f64 = 300.0;
/// Mails may take so long to be read, shown and found after the last one was taken.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub fn inbound(at: &At<'_>, table: &mut Table) {
    if !at.bench.plan.wants("mail") {
        return;
    }
    let letters = Letters::new(&Words::new());
    let db = at.bench.place.open();
    let paced = at.bench.plan.time * 5;
    let mut rounds: Vec<Sent> =
        (0..at.bench.plan.rounds).map(|_| send(at, &db, &letters, paced, Some(PER_SECOND))).collect();
    let what = "inbound mail at 300/s: sustained";
    show(table, what, &mut rounds, &Budget::AtLeast(295.0, "/s"));
    let p99 = median(rounds.iter_mut().map(|s| s.measured.at(99.0)));
    let shown = format!("p99 {p99:.2} ms");
    table.judged(
        "inbound mail at 300/s: from the final dot to 250",
        &Budget::Below(50.0, "ms (p99)"),
        p99,
        &shown,
        "",
    );
    let backlog = median(rounds.iter().map(|s| s.backlog));
    let shown = format!("{backlog:.2} s");
    let what = "inbound mail at 300/s: everything read, shown and indexed after the last 250";
    table.judged(what, &Budget::Below(5.0, "s"), backlog, &shown, "");
    let mut rounds: Vec<Sent> =
        (0..at.bench.plan.rounds).map(|_| send(at, &db, &letters, at.bench.plan.time, None)).collect();
    show(table, "inbound mail as fast as it is taken, until all is indexed", &mut rounds, &Budget::None);
}

/// Mails per second until everything was done, and what each cost.
fn show(table: &mut Table, what: &str, rounds: &mut [Sent], budget: &Budget) {
    let rate = match budget {
        Budget::None => median(rounds.iter().map(Sent::rate_to_the_end)),
        _ => median(rounds.iter().map(|s| s.measured.rate())),
    };
    let cost = median(rounds.iter().map(|s| s.measured.cost()));
    let load =
        median(rounds.iter().map(|s| s.measured.used.load / (s.measured.time.as_secs_f64() + s.backlog)));
    let failed: usize = rounds.iter().map(|s| s.measured.failed).sum();
    let rest = format!(
        "taken at {:.0}/s, p99 {:.2} ms, backlog {:.2} s; {cost:.2} ms CPU each (load {load:.2} cores); {failed} failed",
        median(rounds.iter().map(|s| s.measured.rate())),
        median(rounds.iter_mut().map(|s| s.measured.at(99.0))),
        median(rounds.iter().map(|s| s.backlog)),
    );
    table.judged(what, budget, rate, &format!("{rate:.0}/s"), &rest);
}

struct Sent {
    measured: Measured,
    /// Seconds from the last 250 until nothing waited any more.
    backlog: f64,
}

impl Sent {
    fn rate_to_the_end(&self) -> f64 {
        self.measured.times.len() as f64 / (self.measured.time.as_secs_f64() + self.backlog)
    }
}

fn send(at: &At<'_>, db: &Db, letters: &Letters, time: Duration, pace: Option<f64>) -> Sent {
    let (run, next, failed) = (fresh("mail"), AtomicUsize::new(0), AtomicUsize::new(0));
    let customers = at.bench.place.history.customers;
    let (times, before, begun) = (Mutex::new(Vec::new()), at.meter.used(), Instant::now());
    let work = || {
        let mut line = Line::dial(at.server.smtp).expect("the listener answers");
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed);
            let due = Duration::from_secs_f64(pace.map_or(0.0, |pace| n as f64 / pace));
            if due.max(begun.elapsed()) >= time {
                return;
            }
            pause(due.saturating_sub(begun.elapsed()));
            let from = address((n as i64 * 7) % customers);
            match line.send(letters, n, &from, &format!("{run}-{n}")) {
                Ok(taken) => times.lock().expect("nobody panics with it").push(taken.answered),
                Err(_) => {
                    failed.fetch_add(1, Ordering::Relaxed);
                    line = Line::dial(at.server.smtp).expect("the listener answers");
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..LINES {
            scope.spawn(work);
        }
    });
    let time = begun.elapsed();
    let backlog = until_nothing_waits(db);
    let times = times.into_inner().expect("nobody panics with it");
    let measured =
        Measured { times, time, used: at.meter.used() - before, failed: failed.load(Ordering::Relaxed) };
    Sent { measured, backlog }
}

/// Seconds until nothing waits any more, as long as patience lasts.
pub fn until_nothing_waits(db: &Db) -> f64 {
    let last = Instant::now();
    while waits(db) && last.elapsed() < PATIENCE {
        pause(Duration::from_millis(20));
    }
    last.elapsed().as_secs_f64()
}

/// Whether mail waits to be read, an event to be heard, or a text to be indexed.
pub fn waits(db: &Db) -> bool {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let mail = "SELECT id FROM jobs WHERE name = 'email.read' AND NOT parked LIMIT 1";
    let text = "SELECT id FROM search_waiting LIMIT 1";
    let event = "SELECT name FROM reactions WHERE cursor_seq < (SELECT max(seq) FROM events) LIMIT 1";
    // Read, never written: the server has the only writer.
    let asked = db.read(move |tx| {
        let mail: Option<(i64,)> = tx.opt(mail, p![])?;
        let text: Option<(i64,)> = tx.opt(text, p![])?;
        let event: Option<(String,)> = tx.opt(event, p![])?;
        Ok(mail.is_some() || text.is_some() || event.is_some())
    });
    runtime.block_on(asked).expect("asked")
}
