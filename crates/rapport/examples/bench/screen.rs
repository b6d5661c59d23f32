//! The rows about other people's screens: how soon a mail stands there, how soon a note is found.

use std::collections::HashMap;
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::client::IntoClientRequest;
use tungstenite::{Message, WebSocket};

use super::At;
use super::figures::{Budget, Measured, Table};
use super::fill::{address, token};
use super::letters::{Letters, Line};
use super::words::{Dice, Words};
use crate::driver::{fresh, pause};

const LINES: usize = 8;
const PER_SECOND: f64 = 100.0;
/// Desks that are open beside the one that is watched.
const OTHERS: usize = 4;

pub fn screen(at: &At<'_>, table: &mut Table) {
    if !at.bench.plan.wants("screen") {
        return;
    }
    let letters = Letters::new(&Words::new());
    let mut shown = Vec::new();
    let mut found = Vec::new();
    for _ in 0..at.bench.plan.rounds {
        let (on_screen, in_search) = round(at, &letters);
        shown.push(on_screen);
        found.push(in_search);
    }
    let what = "mail in at 100/s: from the final dot to another agent's screen";
    let budget = Budget::Below(150.0, "ms (p99)");
    table.row(what, &budget, &mut shown, ("p99 ", |m| m.at(99.0), " ms"), "failed ones were never shown");
    let what = "under the same load: from 201 of a note to its place in the search";
    table.row(what, &Budget::Below(1000.0, "ms (p99)"), &mut found, ("p99 ", |m| m.at(99.0), " ms"), "");
}

/// Mails on their way to the screen, by subject.
type Sent = Mutex<HashMap<String, Instant>>;

fn round(at: &At<'_>, letters: &Letters) -> (Measured, Measured) {
    let time = at.bench.plan.time * 5;
    let (run, sent, over) = (fresh("live"), Sent::default(), AtomicBool::new(false));
    let mut desks: Vec<WebSocket<TcpStream>> = (0..=OTHERS).map(|n| desk(at, &token(n + 1))).collect();
    let watched = desks.pop().expect("one desk");
    let (before, begun) = (at.meter.used(), Instant::now());
    let (times, notes) = std::thread::scope(|scope| {
        let watching = scope.spawn(|| watch(watched, &run, &sent, &over));
        for desk in desks {
            scope.spawn(|| watch(desk, "nothing", &sent, &over));
        }
        let noting = scope.spawn(|| notes(at, time));
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..LINES {
                scope.spawn(|| send(at, letters, &run, &sent, &next, time));
            }
        });
        let notes = noting.join().expect("notes end well");
        pause(Duration::from_secs(2));
        over.store(true, Ordering::Relaxed);
        (watching.join().expect("the desk ends well"), notes)
    });
    let used = at.meter.used() - before;
    let missing = sent.lock().expect("nobody panics with it").len();
    let shown = Measured { times, time: begun.elapsed(), used, failed: missing };
    (shown, notes)
}

fn send(at: &At<'_>, letters: &Letters, run: &str, sent: &Sent, next: &AtomicUsize, time: Duration) {
    let mut line = Line::dial(at.server.smtp).expect("the listener answers");
    let begun = Instant::now();
    loop {
        let n = next.fetch_add(1, Ordering::Relaxed);
        let due = Duration::from_secs_f64(n as f64 / PER_SECOND);
        if due.max(begun.elapsed()) >= time {
            return;
        }
        pause(due.saturating_sub(begun.elapsed()));
        let (subject, from) = (format!("{run}-{n}"), address(n as i64));
        // Noted before it is sent and corrected after: it may be shown before we hear of its 250.
        sent.lock().expect("nobody panics with it").insert(subject.clone(), Instant::now());
        let taken = line.send(letters, n, &from, &subject).expect("mail is taken");
        if let Some(at) = sent.lock().expect("nobody panics with it").get_mut(&subject) {
            *at = taken.sent;
        }
    }
}

fn desk(at: &At<'_>, token: &str) -> WebSocket<TcpStream> {
    let mut request = format!("ws://{}/api/live", at.server.http).into_client_request().expect("an address");
    let bearer = format!("Bearer {token}").parse().expect("a header");
    request.headers_mut().insert("Authorization", bearer);
    let stream = TcpStream::connect(at.server.http).expect("the server answers");
    stream.set_read_timeout(Some(Duration::from_millis(200))).expect("set");
    tungstenite::client(request, stream).expect("a live socket").0
}

/// Milliseconds from the final dot to the screen, of each mail of this run.
fn watch(mut desk: WebSocket<TcpStream>, run: &str, sent: &Sent, over: &AtomicBool) -> Vec<f64> {
    let mut times = Vec::new();
    while !over.load(Ordering::Relaxed) {
        // Nothing within the read timeout is no end.
        let Ok(Message::Text(text)) = desk.read() else { continue };
        if !text.contains(run) {
            continue;
        }
        let Ok(told) = serde_json::from_str::<Value>(&text) else { continue };
        if told["event"] != "message.received" {
            continue;
        }
        let subject = told["row"]["subject"].as_str().unwrap_or_default();
        if let Some(at) = sent.lock().expect("nobody panics with it").remove(subject) {
            times.push(at.elapsed().as_secs_f64() * 1000.0);
        }
    }
    times
}

/// Writes notes with a word that nobody has used, and looks for it until it is found.
fn notes(at: &At<'_>, time: Duration) -> Measured {
    let (history, mut dice) = (at.bench.place.history, Dice::new(9));
    let mut http = at.server.client(&token(7));
    let mut measured = Measured::default();
    let begun = Instant::now();
    while begun.elapsed() < time {
        let (word, id) = (fresh("zq"), history.id(dice.below(history.size as usize) as i64));
        let body = json!({"html": format!("<p>A note with {word} in it</p>"), "mentions": []});
        let written = http.json("POST", &format!("/api/conversations/{id}/notes"), &body);
        if written.status != 201 {
            measured.failed += 1;
            continue;
        }
        let written = Instant::now();
        let path = format!("/api/search?q={word}");
        while written.elapsed() < Duration::from_secs(10) {
            if http.get(&path).text().contains("\"snippet\"") {
                break;
            }
            pause(Duration::from_millis(10));
        }
        measured.times.push(written.elapsed().as_secs_f64() * 1000.0);
    }
    measured.time = begun.elapsed();
    measured
}
