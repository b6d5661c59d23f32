//! The beginning of encrypted connections: bounded in time and number, before anything is known of a client.

use std::collections::HashMap;
use std::io;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

/// A client that needs longer to agree on keys is no client of ours.
const WITHIN: Duration = Duration::from_secs(10);
/// Each costs memory and some milliseconds of computing.
const MOST: usize = 1_024;
/// Of one address: whoever opens many can't shut the others out. An office shares one.
const MOST_OF_ONE: usize = 64;
/// How a connection of HTTP/2 begins (RFC 9113 section 3.4).
const PREFACE: usize = 24;

/// Both directions of a connection, whatever it is made of.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// What was agreed on.
pub(crate) enum Agreed {
    Http1(Box<dyn Stream>),
    Http2(Box<dyn Stream>),
}

/// Where handshakes happen; clones share their counts.
#[derive(Clone)]
pub(crate) struct Gate {
    acceptor: TlsAcceptor,
    under_way: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// One handshake that may go on.
struct Pass<'g> {
    gate: &'g Gate,
    ip: IpAddr,
}

impl Gate {
    pub fn new(config: Arc<ServerConfig>) -> Gate {
        Gate { acceptor: TlsAcceptor::from(config), under_way: Arc::default() }
    }

    pub async fn shake(&self, stream: TcpStream, ip: IpAddr) -> io::Result<Agreed> {
        let pass = self.enter(ip).ok_or_else(|| io::Error::other("too many handshakes are under way"))?;
        let agreed = timeout(WITHIN, self.agree(stream)).await.map_err(io::Error::from).flatten();
        drop(pass);
        agreed
    }

    async fn agree(&self, stream: TcpStream) -> io::Result<Agreed> {
        let mut stream = self.acceptor.accept(stream).await?;
        if stream.get_ref().1.alpn_protocol() != Some(b"h2") {
            return Ok(Agreed::Http1(Box::new(stream)));
        }
        // Read here, where the time is bounded: hyper would wait for it without an end.
        let mut preface = [0; PREFACE];
        stream.read_exact(&mut preface).await?;
        let (reader, writer) = tokio::io::split(stream);
        let reader = io::Cursor::new(preface).chain(reader);
        Ok(Agreed::Http2(Box::new(tokio::io::join(reader, writer))))
    }

    fn enter(&self, ip: IpAddr) -> Option<Pass<'_>> {
        let ip = ip.to_canonical();
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = under_way.get(&ip).copied().unwrap_or(0);
        if mine >= MOST_OF_ONE || under_way.values().sum::<usize>() >= MOST {
            return None;
        }
        under_way.insert(ip, mine + 1);
        Some(Pass { gate: self, ip })
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        let mut under_way = self.gate.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        match under_way.get_mut(&self.ip) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(under_way.remove(&self.ip)),
        }
    }
}
