//! A client that uploads files, and the look whether they are still there.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::json;

use crate::crash::Clock;
use crate::driver::{Http, Server, fresh, pause};

pub struct Upload {
    id: i64,
    content: Vec<u8>,
    /// What the clock showed when it was acknowledged.
    pub at: u64,
}

pub struct Uploader {
    token: String,
    clock: Clock,
    pub acknowledged: Vec<Upload>,
}

impl Uploader {
    pub fn new(token: &str, clock: Clock) -> Uploader {
        Uploader { token: token.to_owned(), clock, acknowledged: Vec::new() }
    }

    pub fn upload(&mut self, server: SocketAddr, over: &AtomicBool) {
        let mut http = Http::new(server).with_token(&self.token);
        let headers = [("Content-Type", "application/octet-stream")];
        while !over.load(Ordering::Relaxed) {
            let content = fresh("file").repeat(rand::random_range(1..2_000)).into_bytes();
            let Ok(answer) = http.send("POST", "/api/uploads?name=file.bin", &headers, &content) else {
                return;
            };
            if answer.status == 201 {
                let id = answer.expect(201)["id"].as_i64().expect("an id");
                self.acknowledged.push(Upload { id, content, at: (self.clock)() });
            }
            pause(Duration::from_millis(rand::random_range(0..30)));
        }
    }
}

/// Puts the files into notes and reads them from there; says what is missing.
pub fn missing(server: &Server, token: &str, uploads: &[&Upload]) -> Result<Vec<String>, String> {
    let mut http = server.client(token);
    let mut lost = Vec::new();
    let list = http.send("GET", "/api/conversations?limit=1", &[], b"").map_err(|e| e.to_string())?;
    if list.status != 200 {
        return Err(list.text());
    }
    let Some(conversation) = list.expect(200)["items"][0]["id"].as_i64() else {
        return Ok(uploads.iter().map(|u| format!("upload {}, as there is no conversation", u.id)).collect());
    };
    let path = format!("/api/conversations/{conversation}/notes");
    for upload in uploads {
        let note = json!({ "html": "<p>here</p>", "mentions": [], "upload_ids": [upload.id] });
        let answer = http.try_json("POST", &path, &[], &note).map_err(|e| e.to_string())?;
        if answer.status != 201 {
            lost.push(format!("upload {}: {}", upload.id, answer.text()));
            continue;
        }
        let url = answer.expect(201)["attachments"][0]["url"].as_str().unwrap_or_default().to_owned();
        let file = http.send("GET", &url, &[], b"").map_err(|e| e.to_string())?;
        if file.status != 200 || file.body != upload.content {
            lost.push(format!("upload {}: its bytes answer {}", upload.id, file.status));
        }
    }
    Ok(lost)
}
