//! A mailroom that keeps mail in memory, and a client that says exactly what it is told.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::{Clock, Result};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::channel::{Envelope, Later, Mailroom, Refusal};
use crate::smtp::listener::{Listening, listen};
use crate::smtp::manners::Manners;

/// Knows everybody at `shop.example` but `nobody@`; refuses what its senders ask it to refuse.
#[derive(Default)]
pub struct Room {
    pub mails: Mutex<Vec<(Envelope, Vec<u8>)>>,
}

impl Mailroom for Room {
    fn knows<'a>(&'a self, address: &'a str) -> Later<'a, Result<bool>> {
        let known = address.ends_with("@shop.example") && !address.starts_with("nobody");
        let broken = address.starts_with("broken");
        Box::pin(async move {
            if broken { Err(base::error::unavailable("down", "The directory is down.")) } else { Ok(known) }
        })
    }

    fn accept(&self, envelope: Envelope, raw: Vec<u8>) -> Later<'_, Result<(), Refusal>> {
        let refusal = match envelope.from.as_str() {
            "later@a.example" => Some(Refusal::Later("The disk\r\nis full".into())),
            "never@a.example" => Some(Refusal::Never("No".into())),
            _ => None,
        };
        Box::pin(async move {
            match refusal {
                Some(refusal) => Err(refusal),
                None => {
                    self.mails.lock().expect("whole").push((envelope, raw));
                    Ok(())
                }
            }
        })
    }
}

impl Room {
    pub fn count(&self) -> usize {
        self.mails.lock().expect("whole").len()
    }

    /// The content of the last mail, without the two fields that we put in front.
    pub fn last(&self) -> Vec<u8> {
        let mails = self.mails.lock().expect("whole");
        let (_, raw) = mails.last().expect("a mail");
        raw[trace_length(raw)..].to_vec()
    }
}

fn trace_length(raw: &[u8]) -> usize {
    let (mut at, mut fields) = (0, 0);
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        fields += usize::from(!line.starts_with(b"\t"));
        if fields > 2 {
            return at;
        }
        at += line.len();
    }
    at
}

pub fn manners() -> Manners {
    Manners::new("mx.shop.example", Clock::system())
}

pub async fn open(manners: Manners) -> (Listening, Arc<Room>) {
    let room = Arc::new(Room::default());
    let listening = listen("127.0.0.1:0", manners, room.clone()).await.expect("listens");
    (listening, room)
}

pub struct Client(pub TcpStream);

impl Client {
    /// Connects and hears the greeting.
    pub async fn connect(listening: &Listening) -> Client {
        let mut client = Client(TcpStream::connect(listening.address).await.expect("connects"));
        client.expect("220").await;
        client
    }

    /// Connects and says EHLO.
    pub async fn greeted(listening: &Listening) -> Client {
        let mut client = Client::connect(listening).await;
        client.ask("EHLO client.example", "250").await;
        client
    }

    pub async fn send(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).await.expect("sent");
    }

    /// One whole reply; its lines joined. Empty when the server has closed.
    pub async fn hear(&mut self) -> String {
        let mut heard = Vec::new();
        let hearing = async {
            loop {
                let mut line = Vec::new();
                while !line.ends_with(b"\n") {
                    match self.0.read_u8().await {
                        Ok(byte) => line.push(byte),
                        Err(_) => return,
                    }
                }
                let last = line.get(3) != Some(&b'-');
                heard.extend(line);
                if last {
                    return;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(20), hearing).await.expect("the server answers");
        String::from_utf8_lossy(&heard).into_owned()
    }

    pub async fn expect(&mut self, code: &str) -> String {
        let heard = self.hear().await;
        assert!(heard.starts_with(code), "{code} was expected, not {heard:?}");
        heard
    }

    pub async fn ask(&mut self, command: &str, code: &str) -> String {
        self.send(format!("{command}\r\n").as_bytes()).await;
        let heard = self.hear().await;
        assert!(heard.starts_with(code), "{code} was expected after {command:?}, not {heard:?}");
        heard
    }

    /// Up to the content of a mail.
    pub async fn begin(&mut self) {
        self.ask("MAIL FROM:<ann@a.example>", "250").await;
        self.ask("RCPT TO:<support@shop.example>", "250").await;
        self.ask("DATA", "354").await;
    }
}
