//! Workspaces that sleep: closed while nobody uses them, open again for a request, a mail or their next job.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::driver::live::Live;
use crate::driver::{Engine, Http, Installation, Start, fresh, pause, until};
use crate::nodes::store::Store;
use crate::workspaces::{Side, Two, two_in, two_with};

const SOON: Duration = Duration::from_secs(20);
/// How long answers wait here: longer than it takes to fall asleep.
const HELD: i64 = 6;

fn drowsy() -> Start {
    Start::default().with("RAPPORT_SLEEP_AFTER_SECONDS", "1")
}

/// What the numbers of the program name is open.
fn is_open(two: &Two, name: &str) -> bool {
    let text = Http::new(two.server.http).get("/metrics").text();
    assert!(text.contains("rapport_http_requests_total"), "{text}");
    text.contains(&format!("rapport_writes_waiting{{workspace=\"{name}\"}}"))
}

fn falls_asleep(two: &Two, name: &str) {
    until(SOON, "nobody uses it, so it is closed", || (!is_open(two, name)).then_some(()));
}

/// A mail comes, is answered, and the answer is held; the word by which it is known.
fn answer(two: &Two, side: &Side) -> String {
    let mail = two.bring(side);
    let id = two.conversation(side, &mail)["id"].clone();
    let word = fresh("answer");
    let body = json!({ "html": format!("<p>{word}</p>") });
    two.at(side).json("POST", &format!("/api/conversations/{id}/messages"), &body).expect(201);
    word
}

fn arrived(two: &Two, word: &str) -> usize {
    two.sink.arrived().iter().filter(|mail| mail.content.contains(word)).count()
}

fn its_next_job_opens_it(two: &Two) {
    two.installation.hold(&two.server, &two.red.token, two.red.host, HELD);
    let word = answer(two, &two.red);
    falls_asleep(two, "red");
    assert_eq!(arrived(two, &word), 0, "it sleeps before the answer goes out");
    until(SOON, "the answer goes out though nobody asks", || (arrived(two, &word) == 1).then_some(()));
}

fn a_request_and_a_mail_open_it(two: &Two) {
    falls_asleep(two, "blue");
    two.at(&two.blue).get("/api/session").expect(200);
    assert!(is_open(two, "blue"));
    falls_asleep(two, "blue");
    let mail = two.bring(&two.blue);
    two.conversation(&two.blue, &mail);
}

fn a_desk_that_listens_keeps_it_open(two: &Two) {
    let mut desk = Live::open(two.server.http, two.blue.host, &two.blue.token).expect("a socket");
    desk.listen(Duration::from_secs(3));
    assert!(is_open(two, "blue"));
    drop(desk);
    falls_asleep(two, "blue");
}

/// The job waits in a workspace that sleeps, and then the program is killed.
fn a_job_is_not_forgotten_over_a_crash(two: Two) {
    let word = answer(&two, &two.red);
    falls_asleep(&two, "red");
    let Two { server, sink, installation, red, blue } = two;
    server.kill();
    assert_eq!(sink.arrived().iter().filter(|mail| mail.content.contains(&word)).count(), 0);
    let two = Two { server: installation.serve_as(&drowsy()), sink, installation, red, blue };
    until(SOON, "the answer goes out after all", || (arrived(&two, &word) == 1).then_some(()));
    // Killed while it is open: it is open again at once, and the answer is not lost either.
    let word = answer(&two, &two.red);
    let Two { server, sink, installation, red, blue } = two;
    server.kill();
    let two = Two { server: installation.serve_as(&drowsy()), sink, installation, red, blue };
    until(SOON, "the answer goes out after all", || (arrived(&two, &word) == 1).then_some(()));
    pause(Duration::from_secs(2));
    assert_eq!(arrived(&two, &word), 1, "once");
}

fn nothing_is_missed(engine: Engine) {
    let two = two_with(engine, &drowsy());
    its_next_job_opens_it(&two);
    a_request_and_a_mail_open_it(&two);
    a_desk_that_listens_keeps_it_open(&two);
    a_job_is_not_forgotten_over_a_crash(two);
}

/// The first node dies with an answer in its hands, in one of two workspaces that it has open.
#[test]
fn another_node_opens_what_a_dead_one_had_open_on_postgres() {
    let store = Store::start();
    let mut installation = Installation::empty(Engine::Postgres);
    let settings = installation.beside("rapport.toml");
    fs::write(&settings, store.settings()).expect("written");
    installation.environment.push(("RAPPORT_CONFIG".to_owned(), settings.display().to_string()));
    let two = two_in(installation, &Start::default());
    two.installation.hold(&two.server, &two.red.token, two.red.host, HELD);
    let other = two.installation.beside("second");
    fs::create_dir(&other).expect("a folder");
    fs::copy(two.installation.data().join("secret.key"), other.join("secret.key")).expect("copied");
    let second = two.installation.serve_in(&other, &Start::default());
    let word = answer(&two, &two.red);
    let Two { server, sink, installation, red, blue } = two;
    server.kill();
    let died = Instant::now();
    let two = Two { server: second, sink, installation, red, blue };
    until(SOON, "the other node sends the answer", || (arrived(&two, &word) == 1).then_some(()));
    assert!(died.elapsed() < Duration::from_secs(15), "it took {:?}", died.elapsed());
    two.at(&two.blue).get("/api/session").expect(200);
}

mod a_workspace_that_sleeps_misses_nothing {
    use super::*;

    #[test]
    fn on_sqlite() {
        nothing_is_missed(Engine::Sqlite);
    }

    #[test]
    fn on_postgres() {
        nothing_is_missed(Engine::Postgres);
    }
}
