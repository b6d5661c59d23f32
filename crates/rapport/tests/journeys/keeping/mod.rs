//! Backup and restore, upgrade and the way back, moving between the databases: with the real program.

mod backup;
mod moving;
mod upgrade;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::driver::installation::{ADMIN, HOST, MAILBOX};
use crate::driver::smtp::Mail;
use crate::driver::{Installation, Server, Smtp, Start, until};

/// Runs the program in a data directory; what it printed, or what it said when it refused.
fn rapport(data: &Path, words: &[&str], input: &str) -> Result<Value, String> {
    let mut command = Command::new(crate::program());
    command.args(words).arg("--data").arg(data);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    // A command that reads nothing may have ended already.
    let _ = child.stdin.take().expect("its input").write_all(format!("{input}\n").as_bytes());
    let ended = child.wait_with_output().expect("it ends");
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    match ended.status.success() {
        true => {
            let text = said(&ended.stdout);
            Ok(serde_json::from_str(&text).unwrap_or(Value::String(text)))
        }
        false => Err(said(&ended.stderr)),
    }
}

fn serve(data: &Path) -> Server {
    Start::default().serve(data, &data.with_extension("log"))
}

fn token(data: &Path, email: &str) -> String {
    let made = rapport(data, &["token", "create", "--email", email], "").expect("a token");
    made.as_str().expect("text").to_owned()
}

/// Sends mails; each that got its 250 is among the answer.
fn bring(server: &Server, count: usize) -> Vec<Mail> {
    let mut smtp = Smtp::connect(server.smtp).expect("the server listens");
    let mail = |n: usize| Mail { to: MAILBOX.to_owned(), ..Mail::from(&format!("customer{n}@else.example")) };
    let all: Vec<Mail> = (0..count).map(mail).collect();
    all.into_iter().filter(|mail| smtp.send(mail).is_ok_and(|code| code == 250)).collect()
}

/// All subjects that the desk lists, sorted.
fn subjects(server: &Server, token: &str) -> Vec<String> {
    let mut client = server.client(token).with("Host", HOST);
    let (mut all, mut next) = (Vec::new(), None::<String>);
    loop {
        let after = next.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        let page = client.get(&format!("/api/conversations?limit=100{after}")).expect(200);
        let rows = page["items"].as_array().expect("a list");
        all.extend(rows.iter().map(|row| row["subject"].as_str().expect("text").to_owned()));
        next = page["next"].as_str().map(str::to_owned);
        if next.is_none() {
            all.sort();
            return all;
        }
    }
}

fn wait_for(server: &Server, token: &str, mails: &[Mail]) {
    until(Duration::from_secs(30), "all mails are read", || {
        let there = subjects(server, token);
        mails.iter().all(|mail| there.contains(&mail.subject)).then_some(())
    });
}

/// Found by the last word of its subject, soon.
fn is_found(server: &Server, token: &str, subject: &str) {
    let word = subject.rsplit(' ').next().unwrap_or_default();
    until(Duration::from_secs(20), "the search finds it", || {
        let answer =
            server.client(token).with("Host", HOST).get(&format!("/api/search?q={word}")).expect(200);
        answer.to_string().contains("snippet").then_some(())
    });
}

/// Begins a conversation whose answer is held for a minute; its message's id and conversation's id.
fn hold_one(installation: &Installation, server: &Server, token: &str) -> (i64, i64) {
    installation.hold(server, token, HOST, 60);
    let body = json!({"subject": "Held", "requester": {"address": "held@else.example"}, "html": "<p>Wait</p>",
        "channel": "email"});
    let made = server.client(token).with("Host", HOST).json("POST", "/api/conversations", &body).expect(201);
    (made["message_id"].as_i64().expect("an id"), made["id"].as_i64().expect("an id"))
}

fn delivery(server: &Server, token: &str, conversation: i64) -> Value {
    let path = format!("/api/conversations/{conversation}");
    let shown = server.client(token).with("Host", HOST).get(&path).expect(200);
    shown["messages"]["items"][0]["delivery"]["state"].clone()
}

/// A data directory that is not made yet.
fn place(installation: &Installation, name: &str) -> PathBuf {
    installation.beside(name)
}

fn admin(installation: &Installation) -> String {
    installation.token(ADMIN)
}
