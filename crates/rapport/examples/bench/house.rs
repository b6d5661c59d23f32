//! Rows about the server as a whole: its memory, and how fast it begins.

use std::time::{Duration, Instant};

use super::figures::{Budget, Table, median};
use super::fill::token;
use super::{At, Bench, process};
use crate::driver::{Installation, pause};

/// Without anything in it and without anybody who asks.
pub fn idle(bench: &Bench<'_>, table: &mut Table) {
    if !bench.plan.wants("memory") {
        return;
    }
    let empty = Installation::found(bench.place.engine);
    let server = empty.serve();
    pause(Duration::from_secs(2));
    let memory = process::memory(server.pid);
    let shown = format!("{memory:.1} MB");
    table.judged("memory, idle and empty", &Budget::Below(60.0, "MB"), memory, &shown, "anonymous, resident");
}

pub fn full(at: &At<'_>, table: &mut Table, when: &str) {
    if !at.bench.plan.wants("memory") {
        return;
    }
    let memory = at.meter.memory();
    let (what, shown) = (format!("memory, {when}"), format!("{memory:.1} MB"));
    table.judged(&what, &Budget::Below(150.0, "MB"), memory, &shown, "anonymous, resident");
}

/// From the start of the program, after it was killed, to the first list that it shows.
pub fn start(bench: &Bench<'_>, table: &mut Table) {
    if !bench.plan.wants("start") {
        return;
    }
    let times: Vec<f64> = (0..bench.plan.rounds.max(3))
        .map(|_| {
            let begun = Instant::now();
            let server = bench.place.serve();
            let listed = server.client(&token(0)).get("/api/conversations?view=all&limit=50");
            assert_eq!(listed.status, 200, "{}", listed.text());
            begun.elapsed().as_secs_f64()
        })
        .collect();
    let rest = format!("{} starts, files in the system's cache", times.len());
    let time = median(times.into_iter());
    let shown = format!("{time:.2} s");
    table.judged("cold start to the first answered list", &Budget::Below(0.5, "s"), time, &shown, &rest);
}
