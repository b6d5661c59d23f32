//! The row about writing: agents who begin conversations through the API.

use serde_json::json;

use super::At;
use super::clients::rounds;
use super::figures::{Budget, Table};
use super::fill::{address, token};
use super::history::AGENTS;
use super::words::{Dice, Words};
use crate::driver::Engine;

const CLIENTS: usize = 64;

pub fn create(at: &At<'_>, table: &mut Table) {
    if !at.bench.plan.wants("create") {
        return;
    }
    let (words, customers) = (Words::new(), at.bench.place.history.customers);
    let mut rounds = rounds(at, CLIENTS, |n| {
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
    });
    let least = if at.bench.place.engine == Engine::Sqlite { 3_000.0 } else { 800.0 };
    let what = "create a conversation with a message, 64 clients";
    let more = "held for 60 s, no outgoing server: nothing was sent meanwhile";
    table.row(what, &Budget::AtLeast(least, "/s"), &mut rounds, ("", |m| m.rate(), "/s"), more);
    if at.bench.place.engine == Engine::Sqlite {
        let what = "processor time of one such request";
        table.row(what, &Budget::Below(0.5, "ms"), &mut rounds, ("", |m| m.cost(), " ms"), "");
    }
}
