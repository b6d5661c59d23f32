//! A mail server that takes everything, slowly, and remembers it.

use std::io::{self, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::http::line;
use super::pause;

/// What arrived: counted from the final dot on, before it is acknowledged.
#[derive(Clone, Debug)]
pub struct Arrived {
    pub id: String,
    pub content: String,
}

/// Lives until the program of the driver ends.
#[derive(Clone)]
pub struct Sink {
    pub address: SocketAddr,
    arrived: Arc<Mutex<Vec<Arrived>>>,
}

impl Sink {
    /// Waits up to `slowest` before it says that it has taken a mail.
    pub fn start(slowest: Duration) -> Sink {
        Sink::listen(slowest, 0.0)
    }

    /// Also asks now and then to come again later, and breaks off now and then after it has a mail.
    pub fn moody(slowest: Duration) -> Sink {
        Sink::listen(slowest, 0.03)
    }

    fn listen(slowest: Duration, moods: f64) -> Sink {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let arrived = Arc::new(Mutex::new(Vec::new()));
        let kept = arrived.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = kept.clone();
                // A client that is killed breaks off; there is nobody to tell.
                std::thread::spawn(move || drop(serve(stream, &kept, slowest, moods)));
            }
        });
        Sink { address, arrived }
    }

    pub fn arrived(&self) -> Vec<Arrived> {
        self.arrived.lock().expect("nobody panics with it").clone()
    }
}

fn serve(stream: TcpStream, kept: &Mutex<Vec<Arrived>>, slowest: Duration, moods: f64) -> io::Result<()> {
    let moody = || rand::random_bool(moods);
    let mut stream = BufReader::new(stream);
    let say = |stream: &mut BufReader<TcpStream>, text: &str| -> io::Result<()> {
        stream.get_mut().write_all(format!("{text}\r\n").as_bytes())
    };
    say(&mut stream, "220 sink.example")?;
    loop {
        let command = line(&mut stream)?.to_ascii_uppercase();
        if command.starts_with("EHLO") {
            say(&mut stream, "250-sink.example\r\n250-8BITMIME\r\n250 SMTPUTF8")?;
        } else if command.starts_with("DATA") {
            say(&mut stream, "354 go on")?;
            let content = content(&mut stream)?;
            let id = header(&content, "message-id").unwrap_or_default();
            kept.lock().expect("nobody panics with it").push(Arrived { id, content });
            pause(slowest.mul_f64(rand::random::<f64>()));
            if moody() {
                return Ok(());
            }
            say(&mut stream, "250 taken")?;
        } else if command.starts_with("RCPT") && moody() {
            say(&mut stream, "451 not now")?;
        } else if command.starts_with("QUIT") {
            return say(&mut stream, "221 bye");
        } else {
            say(&mut stream, "250 ok")?;
        }
    }
}

fn content(stream: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut content = String::new();
    loop {
        let text = line(stream)?;
        if text == "." {
            return Ok(content);
        }
        content += text.strip_prefix('.').unwrap_or(&text);
        content += "\n";
    }
}

/// A header field of a mail, unfolded.
pub fn header(mail: &str, name: &str) -> Option<String> {
    let mut found: Option<String> = None;
    for text in mail.lines().take_while(|text| !text.is_empty()) {
        match (&mut found, text.split_once(':')) {
            (Some(value), _) if text.starts_with([' ', '\t']) => *value += text,
            (Some(_), _) => break,
            (None, Some((field, value))) if field.eq_ignore_ascii_case(name) => {
                found = Some(value.to_owned())
            }
            _ => {}
        }
    }
    found.map(|value| value.trim().to_owned())
}
