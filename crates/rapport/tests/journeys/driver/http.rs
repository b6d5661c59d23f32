//! A small HTTP/1.1 client over one connection at a time (RFC 9112).

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

const PATIENCE: Duration = Duration::from_secs(20);

pub struct Http {
    address: SocketAddr,
    stream: Option<BufReader<TcpStream>>,
    /// Sent with every request.
    pub headers: Vec<(String, String)>,
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Http {
    pub fn new(address: SocketAddr) -> Http {
        Http { address, stream: None, headers: Vec::new() }
    }

    pub fn with(mut self, name: &str, value: &str) -> Http {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn with_token(self, token: &str) -> Http {
        self.with("Authorization", &format!("Bearer {token}"))
    }

    /// Every answer is `Ok`, whatever its status; `Err` means that nobody knows what became of it.
    pub fn send(
        &mut self,
        method: &str,
        path: &str,
        extra: &[(&str, &str)],
        body: &[u8],
    ) -> io::Result<Answer> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => BufReader::new(dial(self.address)?),
        };
        let mut head = format!("{method} {path} HTTP/1.1\r\nContent-Length: {}\r\n", body.len());
        let names_host = self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host"));
        if !names_host {
            head += &format!("Host: {}\r\n", self.address);
        }
        let own = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in own.chain(extra.iter().copied()) {
            head += &format!("{name}: {value}\r\n");
        }
        let mut request = (head + "\r\n").into_bytes();
        request.extend(body);
        stream.get_mut().write_all(&request)?;
        let answer = read(&mut stream)?;
        if answer.header("connection") != Some("close") {
            self.stream = Some(stream);
        }
        Ok(answer)
    }

    #[track_caller]
    pub fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, &[], b"").expect("an answer")
    }

    #[track_caller]
    pub fn json(&mut self, method: &str, path: &str, body: &Value) -> Answer {
        self.try_json(method, path, &[], body).expect("an answer")
    }

    pub fn try_json(
        &mut self,
        method: &str,
        path: &str,
        extra: &[(&str, &str)],
        body: &Value,
    ) -> io::Result<Answer> {
        let mut headers = vec![("Content-Type", "application/json")];
        headers.extend(extra);
        self.send(method, path, &headers, body.to_string().as_bytes())
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The JSON of an answer with this status.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        if self.body.is_empty() { Value::Null } else { serde_json::from_slice(&self.body).expect("JSON") }
    }
}

pub fn dial(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

fn read(stream: &mut BufReader<TcpStream>) -> io::Result<Answer> {
    let first = line(stream)?;
    let status = first.split(' ').nth(1).and_then(|word| word.parse().ok());
    let status = status.ok_or_else(|| io::Error::other(format!("no HTTP: {first}")))?;
    let mut headers = Vec::new();
    loop {
        let field = line(stream)?;
        if field.is_empty() {
            break;
        }
        let (name, value) = field.split_once(':').ok_or_else(|| io::Error::other("no header"))?;
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let mut answer = Answer { status, headers, body: Vec::new() };
    answer.body = match answer.header("transfer-encoding") {
        Some("chunked") => chunks(stream)?,
        _ => {
            let length = answer.header("content-length").and_then(|n| n.parse().ok()).unwrap_or(0);
            exactly(stream, length)?
        }
    };
    Ok(answer)
}

fn chunks(stream: &mut BufReader<TcpStream>) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let size = usize::from_str_radix(line(stream)?.trim(), 16).map_err(io::Error::other)?;
        body.extend(exactly(stream, size)?);
        line(stream)?;
        if size == 0 {
            return Ok(body);
        }
    }
}

fn exactly(stream: &mut BufReader<TcpStream>, length: usize) -> io::Result<Vec<u8>> {
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok(body)
}

/// One line without its end; the end of the stream is an error.
pub fn line(stream: &mut impl BufRead) -> io::Result<String> {
    let mut text = String::new();
    if stream.read_line(&mut text)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
