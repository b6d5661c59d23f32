//! A provider that grants access to mailboxes, played on loopback.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use web::Capability;

use super::house::capabilities;
use crate::grants::Providers;

/// A provider that follows a script: it keeps what it was asked and answers from a list, the last again and again.
#[derive(Clone, Default)]
pub struct Provider {
    pub base: String,
    asked: Arc<Mutex<Vec<String>>>,
    answers: Arc<Mutex<Vec<(u16, String)>>>,
    /// Tokens that its mail servers take.
    good: Arc<Mutex<Vec<String>>>,
    /// Whoever renews access waits for the answer.
    holds: Arc<AtomicBool>,
}

impl Provider {
    pub fn open() -> Provider {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("binds");
        listener.set_nonblocking(true).expect("set");
        let base = format!("http://{}", listener.local_addr().expect("bound"));
        let provider = Provider { base, ..Provider::default() };
        let own = provider.clone();
        std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(
                async move { own.serve(TcpListener::from_std(listener).expect("taken over")).await },
            );
        });
        provider
    }

    async fn serve(self, listener: TcpListener) {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(self.clone().answer(stream));
        }
    }

    async fn answer(self, mut stream: TcpStream) {
        let mut said = Vec::new();
        let mut block = [0; 4096];
        while !whole(&said) {
            match stream.read(&mut block).await {
                Ok(count) if count > 0 => said.extend_from_slice(&block[..count]),
                _ => break,
            }
        }
        let text = String::from_utf8_lossy(&said).into_owned();
        let (status, body) = self.answered(&text);
        while text.contains("grant_type=refresh_token") && self.holds.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        // In pieces, as real providers send it.
        let (one, two) = body.split_at(body.len() / 2);
        let answer = format!(
            "HTTP/1.1 {status} x\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n\
             {:x}\r\n{one}\r\n{:x}\r\n{two}\r\n0\r\n\r\n",
            one.len(),
            two.len()
        );
        let _ = stream.write_all(answer.as_bytes()).await;
    }

    /// Lets those who renew access wait, or go on.
    pub fn holds(&self, holds: bool) {
        self.holds.store(holds, Ordering::SeqCst);
    }

    /// Until somebody renews access, and waits.
    pub async fn renewing(&self) {
        while !self.asked().last().is_some_and(|asked| asked.contains("grant_type=refresh_token")) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// A mail server asks about a token; everybody else gets the next answer of the script.
    fn answered(&self, said: &str) -> (u16, String) {
        if let Some((_, rest)) = said.split_once("/introspect?token=") {
            let token = rest.split([' ', '&']).next().unwrap_or_default();
            let good = self.good.lock().expect("whole").iter().any(|one| one == token);
            return match good {
                true => (200, serde_json::json!({"active": "yes", "user": "desk"}).to_string()),
                false => (401, serde_json::json!({"active": "no"}).to_string()),
            };
        }
        let asked = said.rsplit("\r\n\r\n").next().unwrap_or_default().to_owned();
        self.asked.lock().expect("whole").push(asked);
        let mut answers = self.answers.lock().expect("whole");
        if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() }
    }

    /// Where mail servers ask about tokens.
    pub fn introspection(&self) -> String {
        format!("{}/introspect?token=", self.base)
    }

    /// From now on only these tokens open anything.
    pub fn takes(&self, tokens: &[&str]) {
        *self.good.lock().expect("whole") = tokens.iter().map(|token| (*token).to_owned()).collect();
    }

    pub fn says(&self, answers: &[(u16, serde_json::Value)]) {
        *self.answers.lock().expect("whole") =
            answers.iter().map(|(status, body)| (*status, body.to_string())).collect();
    }

    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("whole").clone()
    }
}

fn whole(said: &[u8]) -> bool {
    let text = String::from_utf8_lossy(said).to_ascii_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok());
    body.len() >= length.unwrap_or(0)
}

pub fn with_provider() -> Vec<Capability> {
    let provider = Provider::open();
    let mut all = capabilities();
    let email = all.pop().expect("the last is ours");
    let base = provider.base.clone();
    all.push(email.plug(move |registry| registry.fill::<Providers>().at(base)).plug(move |registry| {
        *registry.fill::<Provider>() = provider;
    }));
    all
}
