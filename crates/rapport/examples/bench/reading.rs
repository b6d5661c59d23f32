//! Rows that read: lists, a conversation, the search.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::At;
use super::clients::rounds;
use super::figures::{Budget, Table};
use super::fill::{team_token, token};
use super::words::{Dice, WORDS, Words};
use crate::driver::Http;

/// As many people press a key at the same time, on both cores.
const CLIENTS: usize = 2;

/// Agents who ask in turn, since each may ask a thousand times a second only.
struct Turns(Vec<Http>);

impl Turns {
    fn new(at: &At<'_>, client: usize, token: fn(usize) -> String) -> Turns {
        Turns((0..8).map(|n| at.server.client(&token(client * 8 + n))).collect())
    }

    fn next(&mut self) -> &mut Http {
        self.0.rotate_left(1);
        &mut self.0[0]
    }

    /// Asks for a path; answers whether it was answered well.
    fn ask(&mut self, path: &str) -> bool {
        self.next().send("GET", path, &[], b"").is_ok_and(|answer| answer.status == 200)
    }
}

/// Makes the token of the client with this number.
type TokenOf = fn(usize) -> String;

/// The two kinds of agents: what they see, and the tokens of each.
const EVERYBODY: [(&str, TokenOf); 2] = [("sees everything", token), ("sees 5 %", team_token)];

pub fn list(at: &At<'_>, table: &mut Table) {
    if !at.bench.plan.wants("list") {
        return;
    }
    for (who, token) in EVERYBODY {
        for view in ["all", "unassigned", "mine", "solved"] {
            let path = format!("/api/conversations?view={view}&limit=50");
            let mut rounds = rounds(at, CLIENTS, |n| {
                let (mut turns, path) = (Turns::new(at, n, token), path.clone());
                move || turns.ask(&path)
            });
            let what = format!("list 50 of the view `{view}`, an agent who {who}");
            let budget = Budget::Below(10.0, "ms (p99)");
            table.row(&what, &budget, &mut rounds, ("p99 ", |m| m.at(99.0), " ms"), "");
        }
        let mut rounds = rounds(at, CLIENTS, |n| {
            let mut turns = Turns::new(at, n, token);
            move || turns.ask("/api/views")
        });
        let what = format!("the four counts, an agent who {who}");
        table.row(&what, &Budget::None, &mut rounds, ("p99 ", |m| m.at(99.0), " ms"), "");
    }
}

pub fn open(at: &At<'_>, table: &mut Table) {
    if !at.bench.plan.wants("open") {
        return;
    }
    let history = at.bench.place.history;
    let budget = Budget::Below(5.0, "ms (p99)");
    let mut any = rounds(at, CLIENTS, |n| {
        let (mut turns, mut dice) = (Turns::new(at, n, token), Dice::new(n as u64));
        move || {
            let id = history.id(dice.below(history.size as usize) as i64);
            turns.ask(&format!("/api/conversations/{id}"))
        }
    });
    table.row("open any conversation", &budget, &mut any, ("p99 ", |m| m.at(99.0), " ms"), "");
    let mut long = rounds(at, CLIENTS, |n| {
        let mut turns = Turns::new(at, n, token);
        let path = format!("/api/conversations/{}", history.id(history.long_one()));
        move || turns.ask(&path)
    });
    let what = "open the conversation with 5,000 messages";
    table.row(what, &budget, &mut long, ("p99 ", |m| m.at(99.0), " ms"), "");
}

/// Which words somebody looks for: ranks among all words.
struct Question {
    name: &'static str,
    from: usize,
    upto: usize,
    count: usize,
}

const QUESTIONS: [Question; 6] = [
    Question { name: "a word of the 20 most frequent", from: 0, upto: 20, count: 1 },
    Question { name: "a usual word", from: 20, upto: 1_000, count: 1 },
    Question { name: "a rare word", from: 1_000, upto: WORDS, count: 1 },
    Question { name: "two frequent words", from: 0, upto: 100, count: 2 },
    Question { name: "two usual words", from: 100, upto: 1_000, count: 2 },
    Question { name: "two rare words", from: 1_000, upto: 10_000, count: 2 },
];

pub fn search(at: &At<'_>, table: &mut Table) {
    if !at.bench.plan.wants("search") {
        return;
    }
    let words = Words::new();
    for (who, token) in EVERYBODY {
        for question in &QUESTIONS {
            let (asked, partial, found) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
            let mut rounds = rounds(at, CLIENTS, |n| {
                let (mut turns, mut dice) = (Turns::new(at, n, token), Dice::new(n as u64 + 77));
                let (words, asked, partial, found) = (&words, &asked, &partial, &found);
                move || {
                    let path = question.path(words, &mut dice);
                    let Ok(answer) = turns.next().send("GET", &path, &[], b"") else { return false };
                    let text = answer.text();
                    asked.fetch_add(1, Ordering::Relaxed);
                    partial.fetch_add(usize::from(text.contains("\"partial\":true")), Ordering::Relaxed);
                    found.fetch_add(text.matches("\"snippet\"").count(), Ordering::Relaxed);
                    answer.status == 200
                }
            });
            let count = asked.into_inner().max(1) as f64;
            let more = format!(
                "{:.1} found on average, {:.0} % partial",
                found.into_inner() as f64 / count,
                partial.into_inner() as f64 / count * 100.0
            );
            let what = format!("search for {}, an agent who {who}", question.name);
            let budget = Budget::Below(50.0, "ms (p95)");
            table.row(&what, &budget, &mut rounds, ("p95 ", |m| m.at(95.0), " ms"), &more);
        }
    }
}

impl Question {
    /// With a blank at the end: the last word is not a beginning.
    fn path(&self, words: &Words, dice: &mut Dice) -> String {
        let mut path = String::from("/api/search?q=");
        for _ in 0..self.count {
            let rank = self.from + dice.below(self.upto - self.from);
            for byte in words.at(rank).bytes() {
                path.push_str(&format!("%{byte:02X}"));
            }
            path.push_str("%20");
        }
        path
    }
}
