//! Two workspaces in one process: nothing crosses.

use std::time::Duration;

use serde_json::{Value, json};

use crate::driver::installation::PASSWORD;
use crate::driver::live::Live;
use crate::driver::smtp::Mail;
use crate::driver::{Engine, Http, Installation, Server, Sink, Smtp, Start, fresh, sink, until};

/// One of the two, as its administrator sees it.
pub struct Side {
    pub host: &'static str,
    email: &'static str,
    mailbox: &'static str,
    pub token: String,
}

pub struct Two {
    // The first field is dropped first: the server ends before its directory goes.
    pub server: Server,
    pub sink: Sink,
    pub installation: Installation,
    pub red: Side,
    pub blue: Side,
}

fn two(engine: Engine) -> Two {
    two_with(engine, &Start::default())
}

pub fn two_with(engine: Engine, start: &Start) -> Two {
    two_in(Installation::empty(engine), start)
}

/// In an installation that is still empty.
pub fn two_in(installation: Installation, start: &Start) -> Two {
    let sink = Sink::start(Duration::ZERO);
    let side = |name: &str, host, email, mailbox| {
        installation.init(name, email);
        let ask = |words: &[&str]| {
            let words: Vec<&str> = words.iter().chain(&["--workspace", name]).copied().collect();
            installation.command(&words, "").trim().to_owned()
        };
        ask(&["host", "add", "--host", host]);
        ask(&["mailbox", "add", "--address", mailbox]);
        let (ip, port) = (sink.address.ip().to_string(), sink.address.port().to_string());
        ask(&["outgoing", "--host", &ip, "--port", &port, "--security", "none"]);
        Side { host, email, mailbox, token: ask(&["token", "create", "--email", email]) }
    };
    let red = side("red", "red.example", "rita@red.example", "help@red.example");
    let blue = side("blue", "blue.example", "bert@blue.example", "help@blue.example");
    let server = installation.serve_as(start);
    Two { server, sink, installation, red, blue }
}

impl Two {
    pub fn at(&self, side: &Side) -> Http {
        self.nobody_at(side).with_token(&side.token)
    }

    fn nobody_at(&self, side: &Side) -> Http {
        Http::new(self.server.http).with("Host", side.host)
    }

    pub fn bring(&self, to: &Side) -> Mail {
        let mail = Mail { to: to.mailbox.to_owned(), ..Mail::from("ann@customer.example") };
        let mut smtp = Smtp::connect(self.server.smtp).expect("the server listens");
        assert_eq!(smtp.send(&mail).expect("an answer"), 250);
        mail
    }

    /// The conversation that a mail began, once it is there.
    pub fn conversation(&self, side: &Side, mail: &Mail) -> Value {
        until(Duration::from_secs(10), "the mail is read", || {
            let page = self.at(side).get("/api/conversations?limit=100").expect(200);
            page["items"].as_array()?.iter().find(|row| row["subject"] == mail.subject.as_str()).cloned()
        })
    }
}

fn passes_belong_to_one_workspace(two: &Two) {
    for (own, other) in [(&two.red, &two.blue), (&two.blue, &two.red)] {
        two.at(own).get("/api/session").expect(200);
        two.nobody_at(other).with_token(&own.token).get("/api/session").expect(401);
        assert_eq!(Live::open(two.server.http, other.host, &own.token).err(), Some(401));
        let login = json!({ "email": own.email, "password": PASSWORD });
        two.nobody_at(other).json("POST", "/api/session", &login).expect(401);
        let signed_in = two.nobody_at(own).json("POST", "/api/session", &login);
        signed_in.expect(200);
        let cookie = signed_in.header("set-cookie").and_then(|c| c.split(';').next()).expect("a cookie");
        two.nobody_at(own).with("Cookie", cookie).get("/api/session").expect(200);
        two.nobody_at(other).with("Cookie", cookie).get("/api/session").expect(401);
    }
    let mut stranger = Http::new(two.server.http).with("Host", "green.example").with_token(&two.red.token);
    assert_eq!(stranger.get("/api/session").status, 404, "a host that belongs to nobody");
}

fn mail_addresses_belong_to_one_workspace(two: &Two) {
    let words = ["mailbox", "add", "--workspace", "blue", "--address", two.red.mailbox];
    let refused = two.installation.try_command(&words);
    assert!(refused.is_err_and(|said| said.contains("another workspace")), "an address of red at blue");
}

fn live_sockets_hear_their_own_alone(two: &Two) {
    let mut red = Live::open(two.server.http, two.red.host, &two.red.token).expect("a socket");
    let mut blue = Live::open(two.server.http, two.blue.host, &two.blue.token).expect("a socket");
    let (to_red, to_blue) = (two.bring(&two.red), two.bring(&two.blue));
    let told = |live: &mut Live, mail: &Mail| {
        let fits = |said: &Value| said["message"]["text"].as_str().is_some_and(|t| t.contains(&mail.text));
        live.until(Duration::from_secs(10), fits).expect("a message");
    };
    told(&mut red, &to_red);
    told(&mut blue, &to_blue);
    red.listen(Duration::from_millis(500));
    blue.listen(Duration::from_millis(500));
    assert_eq!((red.words(), blue.words()), (vec![to_red.text], vec![to_blue.text]));
}

fn ids_mean_nothing_elsewhere(two: &Two) {
    let mail = two.bring(&two.red);
    let row = two.conversation(&two.red, &mail);
    let id = row["id"].as_i64().expect("an id");
    let opened = two.at(&two.red).get(&format!("/api/conversations/{id}")).expect(200);
    let message = opened["messages"]["items"][0]["id"].as_i64().expect("an id");
    let customer = row["requester"]["id"].as_i64().expect("an id");
    let mut blue = two.at(&two.blue);
    for path in [
        format!("/api/conversations/{id}"),
        format!("/api/conversations/{id}/messages"),
        format!("/api/conversations/{id}/recipients"),
        format!("/api/messages/{message}/raw"),
        format!("/api/customers/{customer}"),
    ] {
        assert_eq!(blue.get(&path).status, 404, "{path}");
        assert_eq!(two.at(&two.red).get(&path).status, 200, "{path}");
    }
    let answer = json!({ "html": "<p>not ours</p>" });
    blue.json("POST", &format!("/api/conversations/{id}/messages"), &answer).expect(404);
    blue.json("PUT", &format!("/api/conversations/{id}/status"), &json!({ "status": "solved" })).expect(404);
    let found = |side: &Side| {
        let found = two.at(side).get(&format!("/api/search?q={}", mail.text)).expect(200);
        found["items"].as_array().map_or(0, Vec::len)
    };
    until(Duration::from_secs(10), "red finds its mail", || (found(&two.red) > 0).then_some(()));
    assert_eq!(found(&two.blue), 0);
    let key = fresh("key");
    for side in [&two.red, &two.blue] {
        let begin = json!({ "subject": "Hello", "requester": { "name": "Bo", "address": "bo@customer.example" },
            "html": "<p>hello</p>", "channel": "email" });
        let keyed = [("Idempotency-Key", key.as_str())];
        two.at(side).try_json("POST", "/api/conversations", &keyed, &begin).expect("an answer").expect(201);
    }
}

fn files_stay_where_they_are(two: &Two) {
    let mail = two.bring(&two.red);
    let theirs = two.conversation(&two.red, &mail)["id"].clone();
    let mail = two.bring(&two.blue);
    let ours = two.conversation(&two.blue, &mail)["id"].clone();
    let mut red = two.at(&two.red);
    let upload = |http: &mut Http| {
        let file =
            http.send("POST", "/api/uploads?name=plan.txt", &[("Content-Type", "text/plain")], b"secret");
        file.expect("an answer").expect(201)["id"].clone()
    };
    let note = |files: Value| json!({ "html": "<p>see</p>", "mentions": [], "upload_ids": files });
    let first = upload(&mut red);
    let made = red.json("POST", &format!("/api/conversations/{theirs}/notes"), &note(json!([first])));
    let url = made.expect(201)["attachments"][0]["url"].as_str().expect("an address").to_owned();
    assert_eq!(red.get(&url).body, b"secret");
    assert_eq!(two.at(&two.blue).get(&url).status, 404);
    let second = upload(&mut red);
    let taken =
        two.at(&two.blue).json("POST", &format!("/api/conversations/{ours}/notes"), &note(json!([second])));
    assert_eq!(taken.status, 400, "{}", taken.text());
}

/// A reply address that red has signed says nothing at blue.
fn signed_addresses_count_at_home_alone(two: &Two) {
    let mail = two.bring(&two.red);
    let id = two.conversation(&two.red, &mail)["id"].clone();
    let word = fresh("answer");
    let answer = json!({ "html": format!("<p>{word}</p>") });
    two.installation.hold(&two.server, &two.red.token, two.red.host, 0);
    two.at(&two.red).json("POST", &format!("/api/conversations/{id}/messages"), &answer).expect(201);
    let arrived = until(Duration::from_secs(10), "the answer arrives", || {
        two.sink.arrived().into_iter().find(|mail| mail.content.contains(&word))
    });
    let reply_to = sink::header(&arrived.content, "reply-to").expect("a reply address");
    let signed = reply_to.trim_matches(['<', '>']).split('<').next_back().unwrap_or_default().to_owned();
    assert!(signed.starts_with("help+") && signed.ends_with("@red.example"), "{signed}");
    let forged = Mail {
        to: signed.replace("@red.example", "@blue.example"),
        answers: Some(arrived.id.trim_matches(['<', '>']).to_owned()),
        ..Mail::from("ann@customer.example")
    };
    let mut smtp = Smtp::connect(two.server.smtp).expect("the server listens");
    assert_eq!(smtp.send(&forged).expect("an answer"), 250);
    let row = two.conversation(&two.blue, &forged);
    assert_eq!(row["requester"]["verified"], false);
    let opened = two.at(&two.blue).get(&format!("/api/conversations/{}", row["id"])).expect(200);
    assert_eq!(opened["messages"]["items"].as_array().map(Vec::len), Some(1), "a conversation of its own");
}

fn nothing(engine: Engine) {
    let two = two(engine);
    passes_belong_to_one_workspace(&two);
    mail_addresses_belong_to_one_workspace(&two);
    live_sockets_hear_their_own_alone(&two);
    ids_mean_nothing_elsewhere(&two);
    files_stay_where_they_are(&two);
    signed_addresses_count_at_home_alone(&two);
}

mod nothing_crosses_between_workspaces {
    use super::*;

    #[test]
    fn on_sqlite() {
        nothing(Engine::Sqlite);
    }

    #[test]
    fn on_postgres() {
        nothing(Engine::Postgres);
    }
}
