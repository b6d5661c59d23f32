//! The row about mail that wants to hurt: one in a hundred, between signed mails that are screened as any other.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use store::p;

use super::At;
use super::figures::{Budget, Measured, Table, median};
use super::fill::address;
use super::letters::{Letters, Line};
use super::mail::{LINES, PER_SECOND, until_nothing_waits};
use super::words::Words;
use crate::driver::{fresh, pause};

/// One mail in so many wants to hurt.
const EVERY: usize = 100;
/// Bytes of each of these.
const SIZE: usize = 1_000_000;

pub fn inbound(at: &At<'_>, table: &mut Table) {
    if !at.bench.plan.wants("hostile") {
        return;
    }
    let letters = Letters::new(&Words::new());
    let hostile: Vec<Vec<u8>> = hostile::KINDS.iter().map(|kind| stuffed(&(kind.make)(SIZE))).collect();
    let mut rounds: Vec<Sent> = (0..at.bench.plan.rounds).map(|_| send(at, &letters, &hostile)).collect();
    let rate = median(rounds.iter().map(Sent::rate));
    let cost = median(rounds.iter().map(|s| s.measured.cost()));
    let backlog = median(rounds.iter().map(|s| s.backlog));
    let failed: usize = rounds.iter().map(|s| s.measured.failed).sum();
    let (count, refused) =
        rounds.iter().fold((0, 0), |(count, refused), s| (count + s.hostile.len(), refused + s.refused));
    let rest = format!(
        "signed, screened; {count} mails of about {SIZE} bytes want to hurt, {refused} of them refused at the door; \
         {cost:.2} ms CPU each, backlog {backlog:.2} s, {failed} failed"
    );
    let what = "inbound mail at 300/s, 1 % hostile, screened: sustained";
    table.judged(what, &Budget::AtLeast(295.0, "/s"), rate, &format!("{rate:.0}/s"), &rest);
    let p99 = median(rounds.iter_mut().map(|s| s.measured.at(99.0)));
    let worst = rounds.iter().flat_map(|s| &s.hostile).copied().fold(0.0, f64::max);
    let what = "inbound mail at 300/s, 1 % hostile: from the final dot to 250";
    let rest = format!("of the hostile ones at most {worst:.2} ms");
    table.judged(what, &Budget::Below(50.0, "ms (p99)"), p99, &format!("p99 {p99:.2} ms"), &rest);
    let (parked, memory) = (parked(at), at.meter.memory());
    let what = "after hostile mail: memory of the server";
    let rest = format!("anonymous, resident; {parked} mails are parked");
    table.judged(what, &Budget::None, memory, &format!("{memory:.1} MB"), &rest);
}

struct Sent {
    /// The mails that want nothing but to arrive.
    measured: Measured,
    /// Milliseconds to the answer of the others.
    hostile: Vec<f64>,
    refused: usize,
    backlog: f64,
}

impl Sent {
    /// All that were answered, a second.
    fn rate(&self) -> f64 {
        self.measured.rate() + self.hostile.len() as f64 / self.measured.time.as_secs_f64()
    }
}

fn send(at: &At<'_>, letters: &Letters, hostile: &[Vec<u8>]) -> Sent {
    let (run, next, failed, refused) =
        (fresh("hostile"), AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let customers = at.bench.place.history.customers;
    let time = at.bench.plan.time * 5;
    let (good, bad) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    let (before, begun) = (at.meter.used(), Instant::now());
    let work = || {
        let mut line = Line::dial(at.server.smtp).expect("the listener answers");
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed);
            let due = Duration::from_secs_f64(n as f64 / PER_SECOND);
            if due.max(begun.elapsed()) >= time {
                return;
            }
            let from = address((n as i64 * 7) % customers);
            let hurts = n % EVERY == EVERY / 2;
            let taken = if hurts {
                pause(due.saturating_sub(begun.elapsed()));
                line.hand_over(&from, &hostile[n / EVERY % hostile.len()])
            } else {
                let mail = letters.mail(n, &from, &format!("{run}-{n}"));
                let mut signed = at.bench.place.signer.sign(&mail).into_bytes();
                signed.extend(mail);
                pause(due.saturating_sub(begun.elapsed()));
                line.hand_over(&from, &signed)
            };
            match taken {
                Ok(taken) if hurts => {
                    bad.lock().expect("nobody panics with it").push(taken.answered);
                    // Whoever tries to smuggle is refused, and the connection is at its end.
                    if taken.code != 250 {
                        refused.fetch_add(1, Ordering::Relaxed);
                        line = Line::dial(at.server.smtp).expect("the listener answers");
                    }
                }
                Ok(taken) if taken.code == 250 => {
                    good.lock().expect("nobody panics with it").push(taken.answered);
                }
                _ => {
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
    let backlog = until_nothing_waits(&at.bench.place.open());
    let times = good.into_inner().expect("nobody panics with it");
    let failed = failed.load(Ordering::Relaxed);
    Sent {
        measured: Measured { times, time, used: at.meter.used() - before, failed },
        hostile: bad.into_inner().expect("nobody panics with it"),
        refused: refused.load(Ordering::Relaxed),
        backlog,
    }
}

/// With its dots doubled (RFC 5321 section 4.5.2) and a line break at its end.
fn stuffed(raw: &[u8]) -> Vec<u8> {
    let mut mail = Vec::with_capacity(raw.len() + 16);
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b".") {
            mail.push(b'.');
        }
        mail.extend_from_slice(line);
    }
    if !mail.ends_with(b"\r\n") {
        mail.extend_from_slice(b"\r\n");
    }
    mail
}

fn parked(at: &At<'_>) -> i64 {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let sql = "SELECT COUNT(*) FROM jobs WHERE name = 'email.read' AND parked";
    let db = at.bench.place.open();
    let asked = db.read(move |tx| tx.one::<(i64,)>(sql, p![]));
    runtime.block_on(asked).expect("asked").0
}
