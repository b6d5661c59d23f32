//! The row about writing: agents who begin conversations through the API.

use serde_json::json;

use super::At;
use super::clients::{at_pace, rounds};
use super::figures::{Budget, Table};
use super::fill::{address, token};
use super::history::AGENTS;
use super::mail::until_nothing_waits;
use super::words::{Dice, Words};
use crate::driver::Engine;

const CLIENTS: usize = 64;

pub fn create(at: &At<'_>, table: &mut Table) {
    if !at.bench.plan.wants("create") {
        return;
    }
    let (words, customers) = (Words::new(), at.bench.place.history.customers);
    let client = |n: usize| {
        let (mut http, mut dice) = (at.server.client(&token(n % AGENTS)), Dice::new(n as u64 + 500));
        let words = &words;
        move || {
            let text = words.text(&mut dice, 30);
            let body = json!({
                "subject": words.text(&mut dice, 4),
                "requester": {"address": address(dice.below(customers as usize) as i64)},
                "html": format!("<p>{text}</p>"),
                "channel": "email",
            });
            http.try_json("POST", "/api/conversations", &[], &body).is_ok_and(|answer| answer.status == 201)
        }
    };
    sustained(at, table, client);
    let mut rounds = rounds(at, CLIENTS, client);
    let what = "create a conversation with a message, 64 clients, as fast as they can";
    let more = "held for 60 s, no outgoing server: nothing was sent meanwhile";
    table.row(what, &Budget::AtLeast(least(at), "/s"), &mut rounds, ("", |m| m.rate(), "/s"), more);
    if at.bench.place.engine == Engine::Sqlite {
        let what = "processor time of one such request";
        table.row(what, &Budget::Below(0.5, "ms"), &mut rounds, ("", |m| m.cost(), " ms"), "");
    }
}

fn least(at: &At<'_>) -> f64 {
    if at.bench.place.engine == Engine::Sqlite { 3_000.0 } else { 800.0 }
}

/// At the rate of the budget, and then until every reaction has heard of it and all can be found.
fn sustained<W: FnMut() -> bool>(at: &At<'_>, table: &mut Table, client: impl Fn(usize) -> W + Sync) {
    let (least, db) = (least(at), at.bench.place.open());
    let mut measured = at_pace(at, CLIENTS, at.bench.plan.time, Some(least), client);
    let backlog = until_nothing_waits(&db);
    let (rate, p99) = (measured.rate(), measured.at(99.0));
    let what = format!("create a conversation with a message at {least:.0}/s: sustained");
    let besides = format!("p99 {p99:.2} ms, backlog {backlog:.2} s, {} failed", measured.failed);
    table.judged(&what, &Budget::AtLeast(least * 0.98, "/s"), rate, &format!("{rate:.0}/s"), &besides);
    let what = format!("create at {least:.0}/s: everything heard and indexed after the last answer");
    table.judged(&what, &Budget::Below(5.0, "s"), backlog, &format!("{backlog:.2} s"), "");
}
