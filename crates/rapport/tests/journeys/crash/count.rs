//! Reads every message of a workspace through the API.

use std::collections::HashMap;
use std::time::Duration;

use serde_json::Value;

use crate::driver::{Http, pause};

/// A message that an agent wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    pub state: String,
    pub marked: bool,
}

/// What is there: each by the word that stands in it.
#[derive(Debug, Default)]
pub struct Seen {
    pub mails: HashMap<String, usize>,
    pub answers: HashMap<String, Vec<Answered>>,
    /// Messages that wait for another try, some of them for minutes.
    pub put_off: Vec<i64>,
}

impl Seen {
    /// Whether anything is still on its way.
    pub fn is_moving(&self) -> bool {
        let moving = |a: &Answered| matches!(a.state.as_str(), "held" | "queued" | "sending");
        self.answers.values().flatten().any(moving)
    }

    fn add(&mut self, message: &Value) {
        let text = message["text"].as_str().unwrap_or_default();
        let word = text.split_whitespace().next().unwrap_or_default().to_owned();
        if message["direction"] == "in" {
            *self.mails.entry(word).or_default() += 1;
            return;
        }
        let state = message["delivery"]["state"].as_str().unwrap_or_default().to_owned();
        let marked = message["delivery"]["error"].is_string();
        if message["delivery"]["next_at"].is_string() {
            self.put_off.extend(message["id"].as_i64());
        }
        self.answers.entry(word).or_default().push(Answered { state, marked });
    }
}

/// Enumerates by id, so that nothing is skipped while things change.
pub fn try_read_all(http: &mut Http) -> Result<Seen, String> {
    let mut seen = Seen::default();
    for row in pages(http, "/api/conversations?limit=100")? {
        let id = row["id"].as_i64().expect("an id");
        let opened = read(http, &format!("/api/conversations/{id}"))?;
        let list = opened["messages"]["items"].as_array().expect("a list").clone();
        let older = match opened["messages"]["next"].as_str() {
            Some(cursor) => {
                pages(http, &format!("/api/conversations/{id}/messages?limit=100&cursor={cursor}"))?
            }
            None => Vec::new(),
        };
        list.iter().chain(&older).for_each(|message| seen.add(message));
    }
    Ok(seen)
}

/// After many rounds there is more to read than one token may ask for at once; then it waits.
fn read(http: &mut Http, path: &str) -> Result<Value, String> {
    loop {
        let answer = http.send("GET", path, &[], b"").map_err(|e| e.to_string())?;
        match answer.status {
            200 => return Ok(answer.expect(200)),
            429 => pause(Duration::from_secs(1)),
            _ => return Err(format!("{path}: {}", answer.text())),
        }
    }
}

fn pages(http: &mut Http, first: &str) -> Result<Vec<Value>, String> {
    let mut all = Vec::new();
    let mut path = first.to_owned();
    let plain = first.split("&cursor=").next().unwrap_or_default();
    loop {
        let page = read(http, &path)?;
        all.extend(page["items"].as_array().expect("a list").iter().cloned());
        match page["next"].as_str() {
            Some(cursor) => path = format!("{plain}&cursor={cursor}"),
            None => return Ok(all),
        }
    }
}
