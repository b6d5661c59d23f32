//! Clients at work side by side.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::At;
use super::figures::Measured;
use crate::driver::pause;

/// Lets `count` clients do one operation after the other, each for `time`; an operation that answers
/// false has failed.
pub fn run<W: FnMut() -> bool>(
    at: &At<'_>,
    count: usize,
    time: Duration,
    client: impl Fn(usize) -> W + Sync,
) -> Measured {
    at_pace(at, count, time, None, client)
}

/// The same, no faster than so many operations a second by all clients together.
pub fn at_pace<W: FnMut() -> bool>(
    at: &At<'_>,
    count: usize,
    time: Duration,
    per_second: Option<f64>,
    client: impl Fn(usize) -> W + Sync,
) -> Measured {
    let before = at.meter.used();
    let (begun, next) = (Instant::now(), AtomicUsize::new(0));
    let work = |n: usize| {
        let (mut operation, mut times, mut failed) = (client(n), Vec::new(), 0);
        loop {
            let turn = next.fetch_add(1, Ordering::Relaxed) as f64;
            let due = per_second.map_or(Duration::ZERO, |pace| Duration::from_secs_f64(turn / pace));
            if due.max(begun.elapsed()) >= time {
                break;
            }
            pause(due.saturating_sub(begun.elapsed()));
            let one = Instant::now();
            match operation() {
                true => times.push(one.elapsed().as_secs_f64() * 1000.0),
                false => failed += 1,
            }
        }
        (times, failed)
    };
    let mut measured = Measured::default();
    std::thread::scope(|scope| {
        let working: Vec<_> = (0..count)
            .map(|n| {
                scope.spawn({
                    let work = &work;
                    move || work(n)
                })
            })
            .collect();
        for one in working {
            let (times, failed) = one.join().expect("a client ends well");
            measured.times.extend(times);
            measured.failed += failed;
        }
    });
    measured.time = begun.elapsed();
    measured.used = at.meter.used() - before;
    measured
}

/// The same several times, after a short run that warms caches and connections.
pub fn rounds<W: FnMut() -> bool>(
    at: &At<'_>,
    count: usize,
    client: impl Fn(usize) -> W + Sync,
) -> Vec<Measured> {
    let plan = at.bench.plan;
    run(at, count, plan.time / 5, &client);
    (0..plan.rounds).map(|_| run(at, count, plan.time, &client)).collect()
}
