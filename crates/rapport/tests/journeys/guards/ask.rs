//! One request at a time, and what every answer must be.

use serde_json::Value;

use crate::driver::Http;
use crate::driver::http::Answer;

const KINDS: [&str; 8] = [
    "invalid",
    "not_found",
    "forbidden",
    "unauthenticated",
    "conflict",
    "too_many",
    "unavailable",
    "internal",
];

/// Sends and checks: never the server's own failure, and every error in the envelope.
#[track_caller]
pub fn ask(http: &mut Http, method: &str, path: &str, extra: &[(&str, &str)], body: &[u8]) -> Answer {
    let what = || format!("{method} {} {}", shortened(path), shortened(&String::from_utf8_lossy(body)));
    let answer = http.send(method, path, extra, body).unwrap_or_else(|e| panic!("{}: {e}", what()));
    if let Err(wrong) = fine(&answer) {
        panic!("{}: {wrong}: {} {}", what(), answer.status, answer.text());
    }
    answer
}

pub fn json(http: &mut Http, method: &str, path: &str, body: &Value) -> Answer {
    let text = if body.is_null() { String::new() } else { body.to_string() };
    ask(http, method, path, &[("Content-Type", "application/json")], text.as_bytes())
}

pub fn fine(answer: &Answer) -> Result<(), String> {
    if answer.status >= 500 {
        return Err("the server failed".to_owned());
    }
    if answer.status < 400 {
        return Ok(());
    }
    let told: Value = serde_json::from_slice(&answer.body).map_err(|e| format!("no envelope: {e}"))?;
    let error = &told["error"];
    let word = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !KINDS.contains(&word("kind").as_str()) || word("code").is_empty() || !word("code").chars().all(plain)
    {
        return Err("the envelope names no kind or code".to_owned());
    }
    if word("message").is_empty() || answer.header("x-request-id") != Some(&word("request_id")) {
        return Err("the envelope lacks its sentence or its request".to_owned());
    }
    Ok(())
}

/// An error without what differs between any two requests.
pub fn told(answer: &Answer) -> Value {
    let mut told: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    if let Some(error) = told.get_mut("error").and_then(Value::as_object_mut) {
        error.remove("request_id");
    }
    told
}

pub fn shortened(text: &str) -> String {
    text.chars().take(300).collect()
}
