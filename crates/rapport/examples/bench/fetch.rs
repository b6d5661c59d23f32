//! The row about fetching: mails that wait on an IMAP server, until they are on disk, and until they are found.

use std::time::{Duration, Instant};

use serde_json::json;
use store::{Db, p};

use super::At;
use super::figures::{Budget, Table, median};
use super::imap::Imap;
use super::letters::Letters;
use super::mail::{PATIENCE, waits};
use super::words::Words;
use crate::driver::http::Http;
use crate::driver::installation::{ADMIN, PASSWORD};
use crate::driver::pause;

/// Mails of each round for each second of a measurement.
const PER_SECOND: usize = 500;

pub fn fetch(at: &At<'_>, table: &mut Table) {
    if !at.bench.plan.wants("fetch") {
        return;
    }
    let letters = Letters::new(&Words::new());
    let mails = ((at.bench.plan.time.as_secs_f64() * PER_SECOND as f64) as usize).max(100);
    let imap = Imap::serve(letters);
    let cookie = administrator(at);
    // The server closes what is silent for long, so each request has a connection of its own.
    let http = || Http::new(at.server.http).with("Cookie", &cookie).with("Sec-Fetch-Site", "same-origin");
    let boxes = http().get("/api/mailboxes").expect(200);
    let id = boxes["items"][0]["id"].as_i64().expect("a mailbox");
    let source = format!("/api/mailboxes/{id}/source");
    let place = json!({"protocol": "imap", "host": "127.0.0.1", "port": imap.port, "security": "none",
        "username": "bench", "password": "bench"});
    let manner = json!({"folders": ["INBOX"], "afterwards": "keep"});
    http().json("PUT", &source, &json!({"place": place, "manner": manner})).expect(200);
    let db = at.bench.place.open();
    let rounds: Vec<(f64, f64, f64)> = (0..at.bench.plan.rounds)
        .map(|_| {
            let (all, before) = (imap.put(mails), at.meter.used());
            let begun = Instant::now();
            http().json("POST", &format!("{source}/fetch"), &json!({})).expect(204);
            until(|| cursor(&db) >= all);
            let fetched = begun.elapsed().as_secs_f64();
            until(|| !waits(&db));
            let used = at.meter.used() - before;
            let cost = (used.server + used.database) * 1000.0 / mails as f64;
            (mails as f64 / fetched, mails as f64 / begun.elapsed().as_secs_f64(), cost)
        })
        .collect();
    let rate = median(rounds.iter().map(|round| round.0));
    let (whole, cost) = (median(rounds.iter().map(|r| r.1)), median(rounds.iter().map(|r| r.2)));
    let rest = format!("{mails} mails; read and indexed at {whole:.0}/s, {cost:.2} ms CPU each");
    let what = "mails fetched from IMAP, each on disk with its cursor";
    table.judged(what, &Budget::None, rate, &format!("{rate:.0}/s"), &rest);
    http().send("DELETE", &source, &[], b"").expect("an answer").expect(204);
}

/// The session of a browser: mailboxes are connected by people.
fn administrator(at: &At<'_>) -> String {
    let who = json!({ "email": ADMIN, "password": PASSWORD });
    let entered = Http::new(at.server.http).json("POST", "/api/session", &who);
    let cookie = entered.header("set-cookie").and_then(|cookie| cookie.split(';').next());
    cookie.expect("a session").to_owned()
}

fn until(done: impl Fn() -> bool) {
    let begun = Instant::now();
    while !done() && begun.elapsed() < PATIENCE * 2 {
        pause(Duration::from_millis(10));
    }
}

/// How far the mailbox was fetched.
fn cursor(db: &Db) -> i64 {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let asked =
        db.read(move |tx| tx.one::<(i64,)>("SELECT COALESCE(MAX(last_uid), 0) FROM email_folders", p![]));
    runtime.block_on(asked).expect("asked").0
}
