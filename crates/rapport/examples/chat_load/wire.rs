//! A browser's two ways to the server, from one of many network addresses: requests and a socket (RFC 6455).

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

/// Visitors behind one address: below what the server allows.
const BEHIND_ONE: usize = 5;

/// The network address of a visitor: 127.1.0.1 and further, all of which are this machine.
fn address_of(visitor: usize) -> IpAddr {
    let number = visitor / BEHIND_ONE;
    let byte = |n: usize| u8::try_from(n % 250 + 1).expect("below 251");
    IpAddr::V4(Ipv4Addr::new(127, byte(number / 62_500), byte(number / 250), byte(number)))
}

async fn dial(server: SocketAddr, visitor: usize) -> io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::new(address_of(visitor), 0))?;
    let stream = socket.connect(server).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// A request on a connection of its own.
pub async fn ask(
    server: SocketAddr,
    visitor: usize,
    (method, path): (&str, &str),
    bearer: &str,
    body: &Value,
) -> io::Result<(u16, Value)> {
    let mut stream = dial(server, visitor).await?;
    let body = body.to_string();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {server}\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Accept-Encoding: identity\r\nAuthorization: Bearer {bearer}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let text = String::from_utf8_lossy(&answer);
    let status = text.split(' ').nth(1).and_then(|n| n.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
    let body = text.split_once("\r\n\r\n").map(|(_, body)| body).unwrap_or_default();
    let json = body
        .find('{')
        .and_then(|at| serde_json::from_str(body[at..].trim_end_matches(['\r', '\n', '0'])).ok());
    Ok((status, json.unwrap_or(Value::Null)))
}

/// A visitor's socket.
pub struct Socket(TcpStream);

impl Socket {
    pub async fn open(server: SocketAddr, visitor: usize, path: &str) -> io::Result<Socket> {
        let mut stream = dial(server, visitor).await?;
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {server}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await?;
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await?);
        }
        match head.starts_with(b"HTTP/1.1 101") {
            true => Ok(Socket(stream)),
            false => Err(io::Error::other(String::from_utf8_lossy(&head).into_owned())),
        }
    }

    pub async fn say(&mut self, value: &Value) -> io::Result<()> {
        self.send(1, value.to_string().as_bytes()).await
    }

    async fn send(&mut self, kind: u8, bytes: &[u8]) -> io::Result<()> {
        let length = u16::try_from(bytes.len()).map_err(io::Error::other)?;
        // A mask of zeros leaves the bytes as they are.
        let mut frame = vec![0x80 | kind, 0x80 | 126];
        frame.extend(length.to_be_bytes());
        frame.extend([0; 4]);
        frame.extend(bytes);
        self.0.write_all(&frame).await
    }

    /// The next frame that holds JSON.
    pub async fn hear(&mut self) -> io::Result<Value> {
        loop {
            let kind = self.0.read_u8().await? & 0x0f;
            let length = match self.0.read_u8().await? & 0x7f {
                126 => u64::from(self.0.read_u16().await?),
                127 => self.0.read_u64().await?,
                short => u64::from(short),
            };
            let mut bytes = vec![0; usize::try_from(length).map_err(io::Error::other)?];
            self.0.read_exact(&mut bytes).await?;
            match kind {
                1 => return serde_json::from_slice(&bytes).map_err(io::Error::other),
                9 => self.send(10, &bytes).await?,
                8 => return Err(io::ErrorKind::ConnectionAborted.into()),
                _ => {}
            }
        }
    }
}
