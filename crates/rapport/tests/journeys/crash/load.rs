//! The load: customers who write mails and agents who answer, each with one thing under way at a time.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use super::Crowd;
use crate::driver::smtp::Mail;
use crate::driver::{Http, Server, Smtp, fresh, pause};

/// Every so many mails one is large enough to be spooled outside of the database.
const LARGE_EVERY: usize = 20;

/// Shows how far something has come when an acknowledgement arrives.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// What was acknowledged: the word that stands in it, and what the clock showed.
#[derive(Clone, Debug)]
pub struct Word {
    pub text: String,
    pub at: u64,
}

/// A customer. A mail that was not acknowledged is brought again, as mail servers do.
pub struct Writer {
    address: String,
    open: Option<Mail>,
    /// The words by which acknowledged mails are recognised.
    pub acknowledged: Vec<Word>,
    clock: Clock,
    last: Option<String>,
    pub again: usize,
}

impl Writer {
    pub fn new(number: usize, clock: Clock) -> Writer {
        let address = format!("customer-{number}@{}.example", fresh("c"));
        Writer { address, open: None, acknowledged: Vec::new(), clock, last: None, again: 0 }
    }

    pub fn write(&mut self, server: SocketAddr, over: &AtomicBool) {
        let Ok(mut session) = Smtp::connect(server) else { return };
        while !over.load(Ordering::Relaxed) {
            if !self.bring(&mut session) {
                return;
            }
            pause(Duration::from_millis(rand::random_range(0..30)));
        }
    }

    /// One mail; `false` when the connection broke.
    fn bring(&mut self, session: &mut Smtp) -> bool {
        self.again += usize::from(self.open.is_some());
        let mail = self.open.take().unwrap_or_else(|| self.compose());
        match session.send(&mail) {
            Ok(250) => {
                self.last = Some(mail.id);
                self.acknowledged.push(Word { text: mail.text, at: (self.clock)() });
                true
            }
            Ok(code) if (400..500).contains(&code) => {
                self.open = Some(mail);
                true
            }
            Ok(code) => panic!("a mail was refused with {code}"),
            Err(_) => {
                self.open = Some(mail);
                false
            }
        }
    }

    fn compose(&self) -> Mail {
        Mail {
            answers: self.last.clone().filter(|_| rand::random::<bool>()),
            attached: if self.acknowledged.len() % LARGE_EVERY == 7 { 300_000 } else { 0 },
            ..Mail::from(&self.address)
        }
    }
}

/// An agent's client. A request without an answer is sent again under the same key.
pub struct Answerer {
    token: String,
    open: Option<Request>,
    conversations: Vec<i64>,
    pub acknowledged: Vec<Word>,
    clock: Clock,
    pub again: usize,
}

struct Request {
    path: String,
    key: String,
    word: String,
    body: Value,
}

impl Answerer {
    pub fn new(token: &str, clock: Clock) -> Answerer {
        Answerer {
            token: token.to_owned(),
            open: None,
            conversations: Vec::new(),
            acknowledged: Vec::new(),
            clock,
            again: 0,
        }
    }

    pub fn answer(&mut self, server: SocketAddr, over: &AtomicBool) {
        let mut http = Http::new(server).with_token(&self.token);
        while !over.load(Ordering::Relaxed) {
            if self.conversations.is_empty() && !self.look(&mut http) {
                return;
            }
            if !self.ask(&mut http) {
                return;
            }
            pause(Duration::from_millis(rand::random_range(0..30)));
        }
    }

    fn look(&mut self, http: &mut Http) -> bool {
        let Ok(answer) = http.send("GET", "/api/conversations?view=all&limit=20", &[], b"") else {
            return false;
        };
        let page = answer.expect(200);
        let rows = page["items"].as_array().expect("a list").iter();
        self.conversations = rows.filter_map(|row| row["id"].as_i64()).collect();
        true
    }

    /// One answer; `false` when the connection broke.
    fn ask(&mut self, http: &mut Http) -> bool {
        self.again += usize::from(self.open.is_some());
        let Some(request) = self.open.take().or_else(|| self.compose()) else { return true };
        let key = [("Idempotency-Key", request.key.as_str())];
        let Ok(answer) = http.try_json("POST", &request.path, &key, &request.body) else {
            self.open = Some(request);
            return false;
        };
        match answer.status {
            201 => self.acknowledged.push(Word { text: request.word, at: (self.clock)() }),
            429 | 500..=599 => self.open = Some(request),
            other => panic!("an answer was refused with {other}: {}", answer.text()),
        }
        true
    }

    fn compose(&mut self) -> Option<Request> {
        let conversation = self.conversations.pop()?;
        let word = fresh("answer");
        let then = [Value::Null, json!("pending"), json!("open")][rand::random_range(0..3)].clone();
        Some(Request {
            path: format!("/api/conversations/{conversation}/messages"),
            key: fresh("key"),
            body: json!({ "html": format!("<p>{word}</p>"), "then": then }),
            word,
        })
    }
}

impl Crowd {
    /// What was under way at the last kill is brought to its end.
    pub fn finish(&mut self, server: &Server) {
        for writer in self.writers.iter_mut().filter(|w| w.open.is_some()) {
            let mut session = Smtp::connect(server.smtp).expect("the server listens");
            while writer.open.is_some() {
                assert!(writer.bring(&mut session), "the connection broke: {}", server.log());
            }
        }
        for answerer in self.answerers.iter_mut().filter(|a| a.open.is_some()) {
            let mut http = server.client(&answerer.token);
            while answerer.open.is_some() {
                assert!(answerer.ask(&mut http), "the connection broke: {}", server.log());
            }
        }
    }
}
