//! The way to a mailbox's server: TCP, TLS, patience, and how much it may send.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use base::error::{invalid, unavailable};
use base::{Error, Result};
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::access::Access;
use crate::smtp::client::Security;
use crate::smtp::tls;
use crate::smtp::wire::Stream;

/// A server with what is needed to open a mailbox on it.
#[derive(Clone)]
pub struct Server {
    pub host: String,
    pub port: u16,
    pub security: Security,
    /// A certificate (PEM) that is trusted beside those of the system.
    pub trusted: Option<String>,
    pub login: Login,
}

/// How the mailbox is opened.
#[derive(Clone)]
pub enum Login {
    Password {
        user: String,
        password: String,
    },
    /// Access that the provider has granted.
    Granted(Access),
}

/// The server does not take the access that was granted.
pub const GRANT_REFUSED: &str = "source_grant";

pub const CONNECT: Duration = Duration::from_secs(20);
pub const COMMAND: Duration = Duration::from_secs(60);
/// What lists or brings mail may take longer.
pub const BULK: Duration = Duration::from_secs(300);

/// Enough for everything but mail itself: lists of 100,000 UIDs, long greetings.
pub const SMALL: u64 = 4 * 1024 * 1024;

impl Server {
    /// A connection on which nothing was said yet; with TLS when that comes first.
    pub async fn connect(&self) -> Result<Line> {
        let connecting = TcpStream::connect((self.host.as_str(), self.port));
        let stream = timeout(CONNECT, connecting).await.map_err(io::Error::from).flatten();
        let stream = stream.map_err(|e| self.unreached(&e))?;
        let _ = stream.set_nodelay(true);
        match self.security {
            Security::Tls => self.protect(Box::new(stream)).await,
            _ => Ok(Line::new(Box::new(stream))),
        }
    }

    pub async fn protect(&self, stream: Box<dyn Stream>) -> Result<Line> {
        let config = tls::client(self.trusted.as_deref())?;
        let name = ServerName::try_from(self.host.clone())
            .map_err(|_| invalid("source_host", "This is no name for TLS.").field("host"))?;
        let shaking = TlsConnector::from(config).connect(name, stream);
        let shaken = timeout(CONNECT, shaking).await.map_err(io::Error::from).flatten();
        match shaken {
            Ok(stream) => Ok(Line::new(Box::new(stream))),
            Err(e) if e.kind() == io::ErrorKind::InvalidData => Err(self.untrusted(&e)),
            Err(e) => Err(self.unreached(&e)),
        }
    }

    pub fn unreached(&self, e: &dyn fmt::Display) -> Error {
        let sentence = format!("{} can't be reached on port {}.", self.host, self.port);
        unavailable("source_unreachable", sentence).field("host").because(e)
    }

    /// rustls tells every fault of a certificate as invalid data.
    fn untrusted(&self, e: &io::Error) -> Error {
        let sentence = format!("{} does not show a certificate that is trusted: {e}", self.host);
        unavailable("source_untrusted", base::text::cut(&sentence, 300).to_owned()).field("host")
    }

    pub fn no_starttls(&self) -> Error {
        let sentence = format!("{} does not offer STARTTLS on port {}.", self.host, self.port);
        unavailable("source_no_starttls", sentence).field("security")
    }

    /// The server lets nobody in by what it was shown, or not for now.
    pub fn refused(&self, said: &str) -> Error {
        let said = base::text::cut(said.trim(), 200);
        if is_for_now(said) {
            return self.unwilling(said);
        }
        match &self.login {
            Login::Password { .. } => {
                let sentence = format!("{} refuses the user name or the password: {said}", self.host);
                unavailable("source_login", sentence).field("password")
            }
            Login::Granted(access) => {
                let sentence = format!("{} refuses the access to {}: {said}", self.host, access.user);
                unavailable(GRANT_REFUSED, sentence).field("grant_id")
            }
        }
    }

    pub fn takes_no_grants(&self) -> Error {
        let sentence = format!("{} takes no granted access, only passwords.", self.host);
        unavailable("source_no_grants", sentence).field("grant_id")
    }

    /// The same with a fresh token.
    pub async fn anew(&self) -> Result<Server> {
        match &self.login {
            Login::Granted(access) => {
                Ok(Server { login: Login::Granted(access.anew().await?), ..self.clone() })
            }
            Login::Password { .. } => Ok(self.clone()),
        }
    }

    /// The connection broke, or the server does not answer.
    pub fn broken(&self, e: &dyn fmt::Display) -> Error {
        let e = e.to_string();
        let sentence = format!("The connection to {} broke: {}", self.host, base::text::cut(&e, 200));
        unavailable("source_broken", sentence)
    }

    /// The server answered that it does not do what was asked.
    pub fn unwilling(&self, said: &str) -> Error {
        let sentence = format!("{} answers: {}", self.host, base::text::cut(said.trim(), 200));
        unavailable("source_unwilling", sentence)
    }

    /// The server's own words, from what [`Server::unwilling`] has made of them.
    pub fn words<'e>(&self, e: &'e Error) -> &'e str {
        e.message.strip_prefix(&format!("{} answers: ", self.host)).unwrap_or(&e.message)
    }
}

/// Codes in front of a server's words that have nothing to do with who logs in: RFC 5530 for IMAP, RFC 2449 and
/// RFC 3206 for POP3.
fn is_for_now(said: &str) -> bool {
    const CODES: [&str; 8] =
        ["UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "IN-USE", "LOGIN-DELAY", "SYS/TEMP", "SYS/PERM"];
    let code = said.strip_prefix('[').and_then(|rest| rest.split([']', ' ']).next());
    code.is_some_and(|code| CODES.iter().any(|one| one.eq_ignore_ascii_case(code)))
}

/// A connection that ends when the other side sends more than was asked for.
pub struct Line {
    stream: tokio::io::BufWriter<Box<dyn Stream>>,
    left: u64,
}

impl Line {
    pub fn new(stream: Box<dyn Stream>) -> Line {
        Line { stream: tokio::io::BufWriter::new(stream), left: SMALL }
    }

    /// So many bytes may come from now on.
    pub fn allow(&mut self, most: u64) {
        self.left = most;
    }

    /// For TLS on top; what was said in the clear and not read is dropped by whoever held it.
    pub fn into_stream(self) -> Box<dyn Stream> {
        self.stream.into_inner()
    }
}

/// The libraries that read from it ask for it; there is nothing to be told.
impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Line")
    }
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(cx, buf);
        let came = (buf.filled().len() - before) as u64;
        match self.left.checked_sub(came) {
            Some(left) => self.left = left,
            None => return Poll::Ready(Err(io::Error::other("the server sends more than was asked for"))),
        }
        polled
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
