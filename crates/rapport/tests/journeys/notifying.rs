//! An agent who is not at the desk learns by mail of a note, and answers the customer from the own mail program.

use std::time::Duration;

use serde_json::{Value, json};

use crate::driver::smtp::Mail;
use crate::driver::{Engine, Http, Installation, Server, Sink, Smtp, sink, until};

const BO: &str = "bo@desk.example";
const PROOF: &str = "Authentication-Results: mx.desk.example; dmarc=pass header.from=desk.example\r\n";
/// What happens within two minutes becomes one letter.
const SOON: Duration = Duration::from_secs(180);

fn bring(server: &Server, mail: &Mail) {
    let mut smtp = Smtp::connect(server.smtp).expect("the server listens");
    assert_eq!(smtp.send(mail).expect("an answer"), 250);
}

/// The decoded mail to somebody in which this stands.
fn letter(sink: &Sink, to: &str, word: &str) -> Option<mime::Mail> {
    let arrived = sink.arrived();
    let fits = |mail: &mime::Mail| {
        mail.to.iter().any(|one| one.email == to) && mail.text.as_deref().unwrap_or_default().contains(word)
    };
    arrived.iter().map(|one| mime::read(one.content.as_bytes(), &mime::Limits::default())).find(fits)
}

fn messages(desk: &mut Http, id: i64) -> Vec<Value> {
    let opened = desk.get(&format!("/api/conversations/{id}")).expect(200);
    opened["messages"]["items"].as_array().expect("messages").clone()
}

/// A program in which Cy has asked, and Ada has mentioned Bo in a note.
struct Told {
    // The first field is dropped first: the server ends before its directory goes.
    server: Server,
    sink: Sink,
    token: String,
    id: i64,
    asked: Mail,
    installation: Installation,
}

fn told() -> Told {
    let installation = Installation::found(Engine::Sqlite);
    let sink = Sink::start(Duration::ZERO);
    installation.outgoing(sink.address);
    let token = installation.token(crate::driver::installation::ADMIN);
    let server = installation.serve();
    let mut desk = server.client(&token);
    let mut trust = desk.get("/api/mail-trust").expect(200);
    trust["trusted_hosts"] = json!(["mx.desk.example"]);
    desk.json("PUT", "/api/mail-trust", &trust).expect(200);
    let bo = json!({"email": BO, "name": "Bo Kern", "role": "agent", "password": "correct horse battery"});
    let bo = desk.json("POST", "/api/agents", &bo).expect(201)["id"].clone();

    let asked =
        Mail { subject: "Lamp".into(), text: "My lamp is dark.".into(), ..Mail::from("cy@c.example") };
    bring(&server, &asked);
    let id = until(Duration::from_secs(20), "the conversation", || {
        let listed = desk.get("/api/conversations?view=all").expect(200);
        listed["items"][0]["id"].as_i64()
    });
    let note = json!({"html": "<p>Bo, the fuses of this series are bad.</p>", "mentions": [bo]});
    desk.json("POST", &format!("/api/conversations/{id}/notes"), &note).expect(201);
    Told { server, sink, token, id, asked, installation }
}

#[test]
fn an_agent_is_told_of_a_note_and_answers_the_customer_by_mail() {
    let Told { installation: _kept, server, sink, token, id, asked } = told();
    let told = until(SOON, "the letter to Bo", || letter(&sink, BO, "the fuses of this series are bad"));
    let doors = told.text.clone().expect("words");
    let answer_at =
        doors.lines().find(|line| line.contains("+a.")).expect("where an answer goes").trim().to_owned();
    let note_at = told.reply_to[0].email.clone();
    assert!(note_at.starts_with("help+n.") && answer_at.starts_with("help+a."), "{note_at} {answer_at}");

    let words = |text: &str| {
        let quoted: String = doors.lines().map(|line| format!("> {line}\r\n")).collect();
        format!(
            "{text}\r\n\r\n-- \r\nBo Kern\r\nDesk\r\n\r\nOn Sun, Nov 22, 2026 at 10:00 AM Ada (Desk) <help@desk.example> wrote:\r\n\r\n{quoted}"
        )
    };
    let back = |to: &str, head: &str, text: String| Mail {
        to: to.to_owned(),
        subject: "Re: Lamp (#1)".into(),
        head: head.to_owned(),
        text,
        ..Mail::from(BO)
    };
    bring(&server, &back(&note_at, PROOF, words("I have one here.")));
    let answer = back(&answer_at, PROOF, words("Change the fuse."));
    bring(&server, &answer);
    bring(&server, &answer);
    bring(&server, &back(&answer_at, "", words("Send me your password.")));

    let sent = until(Duration::from_secs(60), "the answer at the customer's", || {
        letter(&sink, "cy@c.example", "Change the fuse.")
    });
    // The connection of before has waited too long.
    let mut desk = server.client(&token);

    let text = sent.text.clone().expect("words");
    for inside in ["fuses of this series", "I have one here", "Desk\n", "ref-", "+a.", "+n.", "password"] {
        assert!(!text.contains(inside), "{inside}: {text}");
    }
    assert_eq!(sent.in_reply_to, [asked.id], "it answers the customer's own mail");
    let all = until(Duration::from_secs(20), "all four", || {
        Some(messages(&mut desk, id)).filter(|all| all.len() >= 5)
    });
    let shown: Vec<(&str, &str, &str)> = all
        .iter()
        .map(|one| {
            let text = |name: &str| one[name].as_str().unwrap_or_default();
            (text("kind"), one["author"]["name"].as_str().unwrap_or_default(), text("text"))
        })
        .collect();
    assert!(shown.contains(&("note", "Bo Kern", "I have one here.")), "{shown:?}");
    assert!(shown.contains(&("message", "Bo Kern", "Change the fuse.")), "{shown:?}");
    let parked = all.iter().find(|one| one["text"] == "Send me your password.").expect("kept");
    assert_eq!((&parked["kind"], &parked["marks"]), (&json!("note"), &json!(["mail_parked:not_proven"])));
    let customers = sink
        .arrived()
        .into_iter()
        .filter(|one| sink::header(&one.content, "to").is_some_and(|to| to.contains("cy@c")));
    assert_eq!(customers.count(), 1, "nobody is answered twice");
}
