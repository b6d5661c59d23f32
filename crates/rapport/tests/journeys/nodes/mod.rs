//! Two nodes on one PostgreSQL and one S3-compatible store.

pub mod store;

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::crash::{Book, Crowd, settle};
use crate::driver::installation::{ADMIN, HOST};
use crate::driver::live::Live;
use crate::driver::smtp::Mail;
use crate::driver::{Engine, Installation, Server, Sink, Smtp, Start, database, fresh, pause, until};
use store::Store;

/// Within this a change on one node is on the screens of the other.
const SEEN_WITHIN: Duration = Duration::from_secs(1);
/// Within this the work of a node that died is taken over.
const MOVED_WITHIN: Duration = Duration::from_secs(15);

struct Nodes {
    // Dropped in this order: the servers end before their data goes.
    first: Server,
    second: Server,
    sink: Sink,
    token: String,
    /// Under this name the second node takes jobs.
    holder: String,
    installation: Installation,
}

impl Nodes {
    fn start(store: &Store, second: &Start) -> Nodes {
        let mut installation = Installation::empty(Engine::Postgres);
        let settings = installation.beside("rapport.toml");
        fs::write(&settings, store.settings()).expect("written");
        installation.environment.push(("RAPPORT_CONFIG".to_owned(), settings.display().to_string()));
        installation.found_main();
        let sink = Sink::start(Duration::from_millis(120));
        installation.outgoing(sink.address);
        let token = installation.token(ADMIN);
        // The second node has a data directory of its own; only the key is the same.
        let other = installation.beside("second");
        fs::create_dir(&other).expect("a folder");
        fs::copy(installation.data().join("secret.key"), other.join("secret.key")).expect("copied");
        let first = installation.serve();
        let before = holders(&installation);
        let second = installation.serve_in(&other, second);
        let holder = holders(&installation).into_iter().find(|name| !before.contains(name)).expect("a node");
        installation.hold(&first, &token, HOST, 0);
        Nodes { first, second, sink, token, holder, installation }
    }

    fn live(&self, server: &Server) -> Live {
        Live::open(server.http, HOST, &self.token).expect("a socket")
    }
}

fn query(installation: &Installation) -> postgres::Client {
    database::connect(&installation.database.as_ref().expect("PostgreSQL").url)
}

fn holders(installation: &Installation) -> Vec<String> {
    let rows = query(installation).query("SELECT holder FROM ws_main.nodes", &[]).expect("an answer");
    rows.iter().map(|row| row.get(0)).collect()
}

fn bring(server: &Server) -> Mail {
    let mail = Mail::from("ann@customer.example");
    let mut smtp = Smtp::connect(server.smtp).expect("the server listens");
    assert_eq!(smtp.send(&mail).expect("an answer"), 250);
    mail
}

/// Waits until the socket tells of a message with this word.
fn hears(live: &mut Live, word: &str, within: Duration) -> Option<Value> {
    live.until(within, |said| said["message"]["text"].as_str().is_some_and(|text| text.contains(word)))
}

/// Two agents on different nodes see what the other does, and read the other's files.
fn changes_cross(store: &Store) {
    let nodes = Nodes::start(store, &Start::default());
    let (mut at_first, mut at_second) = (nodes.live(&nodes.first), nodes.live(&nodes.second));
    let mail = bring(&nodes.first);
    let patience = Duration::from_secs(10);
    let told = hears(&mut at_second, &mail.text, patience).expect("the mail is on the second node's screen");
    hears(&mut at_first, &mail.text, patience).expect("and on the first node's");
    let id = told["row"]["id"].as_i64().expect("an id");
    let sides = [(&nodes.first, &mut at_second), (&nodes.second, &mut at_first)];
    for (server, other) in sides {
        let (word, mut http) = (fresh("note"), server.client(&nodes.token));
        let file = [("Content-Type", "text/plain")];
        let upload = http.send("POST", "/api/uploads?name=a.txt", &file, word.as_bytes()).expect("an answer");
        let note = json!({ "html": format!("<p>{word}</p>"), "mentions": [], "upload_ids": [upload.expect(201)["id"]] });
        let made = http.json("POST", &format!("/api/conversations/{id}/notes"), &note).expect(201);
        hears(other, &word, SEEN_WITHIN).expect("the other node's screen shows it in time");
        let url = made["attachments"][0]["url"].as_str().expect("an address");
        for reader in [&nodes.first, &nodes.second] {
            assert_eq!(reader.client(&nodes.token).get(url).body, word.as_bytes());
        }
    }
    assert!(store.is_used(), "files lie in the common store");
}

/// One node dies under load: the other does its work, and nothing is lost or doubled.
fn a_node_may_die(store: &Store) {
    let nodes = Nodes::start(store, &Start::default());
    let Nodes { first, second, sink, token, holder, installation } = nodes;
    let (mut staying, mut dying) = (Crowd::new(2, 2, &token), Crowd::new(2, 2, &token));
    let (http, smtp, over) = (first.http, first.smtp, AtomicBool::new(false));
    let died = std::thread::scope(|scope| {
        for writer in &mut staying.writers {
            scope.spawn(|| writer.write(smtp, &over));
        }
        for answerer in &mut staying.answerers {
            scope.spawn(|| answerer.answer(http, &over));
        }
        dying.work_until_killed(second, Duration::from_millis(3_000));
        let died = Instant::now();
        pause(Duration::from_millis(500));
        over.store(true, Ordering::Relaxed);
        died
    });
    let mut client = query(&installation);
    let count = "SELECT count(*) FROM ws_main.jobs WHERE holder = $1";
    until(MOVED_WITHIN.saturating_sub(died.elapsed()), "the dead node's jobs move", || {
        let held: i64 = client.query_one(count, &[&holder]).expect("an answer").get(0);
        (held == 0).then_some(())
    });
    let moved = died.elapsed();
    staying.finish(&first);
    dying.finish(&first);
    let mut all = staying;
    all.writers.append(&mut dying.writers);
    all.answerers.append(&mut dying.answerers);
    let book = Book::of(&all);
    let seen = settle(&first, &token, Duration::from_secs(60));
    let figures = book.check(&seen, &sink.arrived());
    assert!(figures.mails > 15 && figures.answers > 5, "too little was going on: {figures}");
    until(Duration::from_secs(5), "all reactions have caught up", || {
        let numbers = first.client(&token).get("/metrics").text();
        let lags = numbers.lines().filter(|line| line.starts_with("rapport_reaction_lag"));
        lags.clone().all(|line| line.ends_with(" 0")).then_some(())
    });
    let (mails, answers) = (figures.mails, figures.answers);
    println!(
        "{mails} mails and {answers} answers over two nodes; the dead one's work moved within {moved:?}"
    );
    drop((first, installation));
}

/// A node whose clock is wrong says that it is not ready, and misses nothing all the same.
fn a_wrong_clock_is_noticed(store: &Store) {
    let shifted = Start::default().with("RAPPORT_CLOCK_SHIFT_MILLIS", "5000");
    let nodes = Nodes::start(store, &shifted);
    assert_eq!(nodes.first.client(&nodes.token).get("/readyz").status, 200);
    let said = nodes.second.client(&nodes.token).get("/readyz");
    assert_eq!(said.status, 503);
    assert!(said.text().contains("clock_skew"), "{}", said.text());
    let (mut at_first, mut at_second) = (nodes.live(&nodes.first), nodes.live(&nodes.second));
    let mut words = Vec::new();
    for _ in 0..10 {
        words.push(bring(&nodes.first).text);
        words.push(bring(&nodes.second).text);
    }
    for live in [&mut at_first, &mut at_second] {
        for word in &words {
            hears(live, word, Duration::from_secs(10)).expect("every mail is heard on both nodes");
        }
    }
}

/// An event whose transaction commits long after younger ones is heard on both nodes.
fn a_late_commit_is_heard(store: &Store) {
    let nodes = Nodes::start(store, &Start::default());
    let (mut at_first, mut at_second) = (nodes.live(&nodes.first), nodes.live(&nodes.second));
    let patience = Duration::from_secs(10);
    hears(&mut at_first, &bring(&nodes.first).text, patience).expect("heard");
    let mut client = query(&nodes.installation);
    let mut slow = client.transaction().expect("a transaction");
    // As a slow node would have written it: older than what follows, and not yet to be seen.
    let late: i64 = slow
        .query_one(
            "INSERT INTO ws_main.events
             SELECT id + 1, NULL, name, version, at, caller, caller_id, behalf, cause, depth, subject,
                 subject_id, changes, refs
             FROM ws_main.events WHERE name = 'message.received' ORDER BY id LIMIT 1 RETURNING id",
            &[],
        )
        .expect("written")
        .get(0);
    let younger: Vec<String> = [&nodes.first, &nodes.second].map(|server| bring(server).text).to_vec();
    for live in [&mut at_first, &mut at_second] {
        for word in &younger {
            hears(live, word, patience).expect("younger events don't wait for the slow one");
        }
        assert!(live.heard.iter().all(|said| said["event_id"] != late), "it is not committed yet");
    }
    slow.commit().expect("committed");
    for live in [&mut at_first, &mut at_second] {
        live.until(patience, |said| said["event_id"] == late).expect("the late event is heard");
    }
}

#[test]
fn two_nodes_on_one_database_work_as_one() {
    let store = Store::start();
    changes_cross(&store);
    a_node_may_die(&store);
    a_wrong_clock_is_noticed(&store);
    a_late_commit_is_heard(&store);
}
