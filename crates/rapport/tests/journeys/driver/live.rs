//! A desk's live socket.

use std::io;
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use serde_json::Value;
use tungstenite::handshake::client::generate_key;
use tungstenite::http::Request;
use tungstenite::{Error, HandshakeError, Message, WebSocket};

pub struct Live {
    socket: WebSocket<TcpStream>,
    /// Everything that was heard and is no ping, in order.
    pub heard: Vec<Value>,
}

/// A glance: long enough for what is there already.
const GLANCE: Duration = Duration::from_millis(50);

impl Live {
    /// Opens a socket and hears its greeting; the HTTP status of a refusal.
    pub fn open(server: SocketAddr, host: &str, token: &str) -> Result<Live, u16> {
        let stream = TcpStream::connect(server).expect("the server listens");
        let request = Request::get(format!("ws://{host}/api/live"))
            .header("Host", host)
            .header("Connection", "Upgrade")
            .header("Upgrade", "websocket")
            .header("Sec-WebSocket-Version", "13")
            .header("Sec-WebSocket-Key", generate_key())
            .header("Authorization", format!("Bearer {token}"));
        let request = request.body(()).expect("a request");
        match tungstenite::client(request, stream) {
            Ok((socket, _)) => {
                let mut live = Live { socket, heard: Vec::new() };
                live.until(Duration::from_secs(5), |said| said["type"] == "hello").expect("a greeting");
                Ok(live)
            }
            Err(HandshakeError::Failure(Error::Http(refusal))) => Err(refusal.status().as_u16()),
            Err(other) => panic!("no socket: {other}"),
        }
    }

    /// Hears until something fits, also among what was heard before.
    pub fn until(&mut self, within: Duration, fits: impl Fn(&Value) -> bool) -> Option<Value> {
        let deadline = Instant::now() + within;
        let mut from = 0;
        loop {
            if let Some(said) = self.heard[from..].iter().find(|said| fits(said)) {
                return Some(said.clone());
            }
            from = self.heard.len();
            if Instant::now() > deadline || !self.hear(GLANCE) {
                return None;
            }
        }
    }

    /// Hears what comes within the time; `false` when the socket is closed.
    fn hear(&mut self, within: Duration) -> bool {
        self.socket.get_ref().set_read_timeout(Some(within)).expect("a timeout");
        match self.socket.read() {
            Ok(Message::Text(text)) => {
                let said: Value = serde_json::from_str(&text).expect("JSON");
                if said["type"] != "ping" {
                    self.heard.push(said);
                }
                true
            }
            Ok(_) => true,
            Err(Error::Io(e)) => matches!(e.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut),
            Err(_) => false,
        }
    }

    /// Hears everything that comes within the time.
    pub fn listen(&mut self, time: Duration) {
        self.until(time, |_| false);
    }

    /// The messages that were told of, by their first word.
    pub fn words(&self) -> Vec<String> {
        let word = |said: &Value| {
            let text = said["message"]["text"].as_str()?;
            (said["event"] == "message.received").then(|| first_word(text))
        };
        self.heard.iter().filter_map(word).collect()
    }
}

pub fn first_word(text: &str) -> String {
    text.split_whitespace().next().unwrap_or_default().to_owned()
}
