//! The running server, watched by `strace`: a mail is on disk before it is acknowledged.

use std::fs;

use crate::driver::smtp::Mail;
use crate::driver::{Engine, Installation, Server, Smtp, Start, pause};

const WATCHED: &str =
    "trace=read,recvfrom,write,writev,sendto,sendmsg,pwrite64,fsync,fdatasync,rename,renameat2";

/// A call as the trace shows it: what was asked, in whole, and the lines where it began and ended.
struct Call {
    text: String,
    began: usize,
    ended: usize,
}

/// Calls that another thread interrupted stand on two lines; they are put together here.
fn calls(trace: &str) -> Vec<Call> {
    let mut calls: Vec<Call> = Vec::new();
    let mut open: Vec<(String, usize)> = Vec::new();
    for (at, line) in trace.lines().enumerate() {
        let Some((thread, said)) = line.split_once(' ') else { continue };
        let said = said.trim_start();
        if let Some(begun) = said.strip_suffix("<unfinished ...>") {
            open.push((thread.to_owned(), calls.len()));
            calls.push(Call { text: begun.to_owned(), began: at, ended: usize::MAX });
        } else if said.starts_with("<... ") {
            let Some(place) = open.iter().position(|(other, _)| other == thread) else { continue };
            let (_, index) = open.swap_remove(place);
            calls[index].text += said.split_once("resumed>").map_or("", |(_, rest)| rest);
            calls[index].ended = at;
        } else {
            calls.push(Call { text: said.to_owned(), began: at, ended: at });
        }
    }
    calls
}

/// What was put on disk between the end of the mail and its acknowledgement.
#[derive(Debug, Default, PartialEq, Eq)]
struct Kept {
    log_of_the_database: bool,
    large_file: bool,
    folder_of_the_large_file: bool,
}

/// Only what began after the mail was there, and ended before the answer began, counts.
fn kept(trace: &str) -> Kept {
    let calls = calls(trace);
    let to_socket = |call: &&Call| call.text.contains("TCP:[");
    let dot = |call: &&Call| to_socket(call) && call.text.contains("\".\\r\\n\"");
    let arrived = calls.iter().find(dot).expect("the dot arrives").ended;
    let stored = |call: &&Call| to_socket(call) && call.text.contains("250 2.0.0 Stored");
    let answered = calls.iter().find(stored).expect("it is acknowledged").began;
    assert!(arrived < answered, "acknowledged before it was there");
    let between: Vec<&Call> = calls.iter().filter(|c| c.began > arrived && c.ended < answered).collect();
    let done = |name: &str, on: &str, after: usize| {
        let sync = |text: &str| match name {
            "sync" => text.starts_with("fsync(") || text.starts_with("fdatasync("),
            name => text.starts_with(name),
        };
        let found = between.iter().find(|c| c.began > after && sync(&c.text) && c.text.contains(on));
        found.filter(|call| !call.text.contains("= -1")).map(|call| call.ended)
    };
    let log = "workspaces/main.db-wal>";
    let folder =
        done("rename", "blobs/main/raw/", arrived).and_then(|at| done("sync", "blobs/main/raw/", at));
    Kept {
        log_of_the_database: done("pwrite64", log, arrived).and_then(|at| done("sync", log, at)).is_some(),
        large_file: done("sync", "blobs/main/raw/", arrived).is_some(),
        folder_of_the_large_file: folder.is_some(),
    }
}

/// Brings one mail to a server that is watched and says what the trace shows.
fn watched(attached: usize, durability: &str) -> Kept {
    let installation = Installation::found(Engine::Sqlite);
    let trace = installation.beside("trace");
    let strace = ["strace", "-f", "-yy", "-s", "200", "-e", WATCHED, "-o", trace.to_str().expect("a path")];
    let under = strace.map(str::to_owned).to_vec();
    let start = Start { under, ..Start::default() }.with("RAPPORT_DURABILITY", durability);
    let server: Server = installation.serve_as(&start);
    let mut session = Smtp::connect(server.smtp).expect("the server listens");
    let mail = Mail { attached, ..Mail::from("ann@customer.example") };
    assert_eq!(session.begin(&mail).expect("it is taken"), 354);
    // So that the server has read the mail and waits for the dot alone.
    pause(std::time::Duration::from_millis(300));
    assert_eq!(session.ask(".").expect("an answer"), 250);
    server.kill();
    kept(&fs::read_to_string(&trace).expect("a trace"))
}

#[test]
fn a_mail_is_synced_between_its_end_and_its_acknowledgement() {
    assert!(watched(0, "full").log_of_the_database);
    let nothing = Kept::default();
    assert_eq!(watched(0, "off"), nothing, "the trace would not show that the sync is missing");
}

#[test]
fn a_large_mail_is_a_synced_file_before_its_acknowledgement() {
    let all = Kept { log_of_the_database: true, large_file: true, folder_of_the_large_file: true };
    assert_eq!(watched(400_000, "full"), all);
    let nothing = Kept::default();
    assert_eq!(watched(400_000, "off"), nothing, "the trace would not show that the sync is missing");
}
