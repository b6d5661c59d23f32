//! Sends one mail over SMTP and says exactly what became of it.
//!
//! The commands are driven here and not by a mail library, because a library reports one error for a
//! connection that breaks before the final dot and for one that breaks after it. Before the dot nothing can
//! have arrived; after it the mail may have arrived, and sending again could double it.

use std::io;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;

use super::reply::{self, Reply};
use super::tls;
use super::wire::{Stream, Wire};

base::words! {
    /// How the way to the server is protected.
    pub enum Security {
        /// In the clear: for a server on the same machine.
        None = "none",
        /// TLS is asked for and must be given.
        StartTls = "starttls",
        /// TLS from the first byte.
        Tls = "tls",
    }
}

/// The server that takes our mail.
#[derive(Clone)]
pub struct Server {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub login: Option<(String, String)>,
    /// A certificate (PEM) that is trusted beside those of the system.
    pub trusted: Option<String>,
    /// What we call ourselves in EHLO.
    pub hello: String,
    pub patience: Patience,
}

/// How long each step may take. Shorter than RFC 5321 section 4.5.3.2 where giving up costs only another try.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    pub connect: Duration,
    pub command: Duration,
    /// Everything before the content together, so that a slow server can't outlast the lease of the job.
    pub before: Duration,
    /// The content as a whole.
    pub content: Duration,
    /// After the final dot; the longest, since giving up here leaves the fate open.
    pub end: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        let seconds = Duration::from_secs;
        Patience {
            connect: seconds(30),
            command: seconds(100),
            before: seconds(120),
            content: seconds(300),
            end: seconds(600),
        }
    }
}

/// Whom the mail is for, as the server is told.
#[derive(Clone, Debug, Default)]
pub struct Addressed {
    pub from: String,
    pub to: Vec<String>,
}

/// What became of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The server has taken it over; its words.
    Taken(String),
    /// Certainly nothing arrived; it may work later.
    Postponed(String),
    /// Certainly nothing arrived, nor will it later.
    Refused(String),
    /// It may have arrived.
    Unclear(String),
}

/// Sends one mail in a connection of its own.
pub async fn send(server: &Server, addressed: &Addressed, raw: &[u8]) -> Fate {
    let mut link = match timeout(server.patience.before, begun(server, addressed, raw)).await {
        Ok(Ok(link)) => link,
        Ok(Err(fate)) => return fate,
        Err(late) => return unreached(server, &late.into()),
    };
    let fate = link.hand_over(raw).await;
    link.leave().await;
    fate
}

/// Connects, protects the connection and logs in as for a mail, and sends none.
pub async fn probe(server: &Server) -> Result<(), Fate> {
    let link = timeout(server.patience.before, Link::open(server)).await;
    link.map_err(|late| unreached(server, &late.into())).flatten()?.leave().await;
    Ok(())
}

/// A connection in which the server waits for the content.
async fn begun<'s>(server: &'s Server, addressed: &Addressed, raw: &[u8]) -> Result<Link<'s>, Fate> {
    let mut link = Link::open(server).await?;
    match link.announce(addressed, raw).await {
        Ok(()) => Ok(link),
        Err(fate) => {
            link.leave().await;
            Err(fate)
        }
    }
}

/// A connection that is greeted, protected and logged in.
struct Link<'s> {
    server: &'s Server,
    wire: Wire,
    hello: Reply,
}

impl<'s> Link<'s> {
    async fn open(server: &'s Server) -> Result<Link<'s>, Fate> {
        let connecting = TcpStream::connect((server.host.as_str(), server.port));
        let stream = timeout(server.patience.connect, connecting).await;
        let stream = stream.map_err(io::Error::from).flatten().map_err(|e| unreached(server, &e))?;
        let _ = stream.set_nodelay(true);
        let wire = match server.security {
            Security::Tls => protected(server, stream).await?,
            _ => Wire::new(stream),
        };
        let mut link = Link { server, wire, hello: Reply { code: 0, lines: Vec::new() } };
        let until = Instant::now() + server.patience.command;
        certain(server, reply::read(&mut link.wire, until).await)?;
        link.greet().await?;
        if server.security == Security::StartTls {
            link = link.start_tls().await?;
        }
        if let Some((user, password)) = &server.login {
            link.log_in(user, password).await?;
        }
        Ok(link)
    }

    /// EHLO, and HELO for servers that are older than that.
    async fn greet(&mut self) -> Result<(), Fate> {
        let name = &self.server.hello;
        let hello = self.ask(&format!("EHLO {name}")).await;
        let hello = match hello {
            Ok(refused) if refused.is_permanent() => self.ask(&format!("HELO {name}")).await,
            other => other,
        };
        self.hello = certain(self.server, hello)?;
        Ok(())
    }

    async fn start_tls(mut self) -> Result<Link<'s>, Fate> {
        if self.hello.extension("STARTTLS").is_none() {
            return Err(Fate::Postponed(format!("{} does not offer STARTTLS.", self.server.host)));
        }
        let ready = self.ask("STARTTLS").await;
        certain(self.server, ready)?;
        // Whatever came in the clear behind the answer is forgotten with the old wire.
        self.wire = protected(self.server, self.wire.into_stream()).await?;
        self.greet().await?;
        Ok(self)
    }

    /// RFC 4954: PLAIN where it is offered, else LOGIN.
    async fn log_in(&mut self, user: &str, password: &str) -> Result<(), Fate> {
        let offered = self.hello.extension("AUTH").unwrap_or_default().to_ascii_uppercase();
        let offers = |mechanism: &str| offered.split_whitespace().any(|word| word == mechanism);
        let steps = if offers("PLAIN") {
            vec![format!("AUTH PLAIN {}", STANDARD.encode(format!("\0{user}\0{password}")))]
        } else if offers("LOGIN") {
            vec!["AUTH LOGIN".to_owned(), STANDARD.encode(user), STANDARD.encode(password)]
        } else {
            return Err(Fate::Postponed(format!("{} offers no login that is known here.", self.server.host)));
        };
        let mut code = 0;
        for step in steps {
            let answered = self.ask(&step).await;
            code = certain(self.server, answered)?.code;
        }
        match code {
            200..300 => Ok(()),
            _ => Err(Fate::Postponed(format!("{} asks for more than a password.", self.server.host))),
        }
    }

    /// Everything before the content: nothing can have arrived when this fails.
    async fn announce(&mut self, addressed: &Addressed, raw: &[u8]) -> Result<(), Fate> {
        let mail = self.mail_from(addressed, raw)?;
        let answered = self.ask(&mail).await;
        certain(self.server, answered)?;
        for to in &addressed.to {
            let answered = self.ask(&format!("RCPT TO:<{to}>")).await;
            let answered = certain(self.server, answered);
            if let Err(fate) = answered {
                // All or nobody: a mail that reached some only could not be sent again.
                let _ = self.ask("RSET").await;
                return Err(fate.naming(to));
            }
        }
        let ready = self.ask("DATA").await;
        match certain(self.server, ready)? {
            ready if ready.code == 354 => Ok(()),
            odd => Err(Fate::Postponed(odd.text())),
        }
    }

    fn mail_from(&self, addressed: &Addressed, raw: &[u8]) -> Result<String, Fate> {
        let mut all = addressed.to.iter().chain([&addressed.from]);
        // Line breaks in an address would be commands of somebody else's.
        if let Some(odd) = all.clone().find(|a| a.chars().any(|c| c.is_control() || "<> ".contains(c))) {
            return Err(Fate::Refused(format!("{odd:?} is not a mail address.")));
        }
        let mut mail = format!("MAIL FROM:<{}>", addressed.from);
        if let Some(most) = self.hello.extension("SIZE") {
            let most: u64 = most.trim().parse().unwrap_or(0);
            if most > 0 && raw.len() as u64 > most {
                return Err(Fate::Refused(format!("The mail is larger than {} takes.", self.server.host)));
            }
            mail.push_str(&format!(" SIZE={}", raw.len()));
        }
        if !raw.is_ascii() && self.hello.extension("8BITMIME").is_some() {
            mail.push_str(" BODY=8BITMIME");
        }
        if let Some(wide) = all.find(|a| !a.is_ascii()) {
            if self.hello.extension("SMTPUTF8").is_none() {
                let host = &self.server.host;
                return Err(Fate::Refused(format!(
                    "{host} can't deliver to international addresses such as {wide}."
                )));
            }
            mail.push_str(" SMTPUTF8");
        }
        Ok(mail)
    }

    /// The content and its final dot. Only from the dot on is the fate open.
    async fn hand_over(&mut self, raw: &[u8]) -> Fate {
        let until = Instant::now() + self.server.patience.content;
        for block in stuffed(raw).chunks(32 * 1024) {
            if let Err(e) = self.wire.write(block, until).await {
                // The server may have said why before it closed.
                let soon = Instant::now() + Duration::from_secs(2);
                return match reply::read(&mut self.wire, soon).await {
                    Ok(said) if !said.is_positive() => judged(&said),
                    _ => unreached(self.server, &e),
                };
            }
        }
        let until = Instant::now() + self.server.patience.end;
        let answered = match self.wire.write(b".\r\n", until).await {
            Ok(()) => reply::read(&mut self.wire, until).await,
            Err(e) => Err(e),
        };
        match answered {
            Ok(said) if (200..300).contains(&said.code) => Fate::Taken(said.text()),
            Ok(said) if said.code >= 400 => judged(&said),
            Ok(said) => Fate::Unclear(format!("{} answered: {}", self.server.host, said.text())),
            Err(e) => {
                Fate::Unclear(format!("{} did not say whether it took the mail: {e}", self.server.host))
            }
        }
    }

    async fn ask(&mut self, command: &str) -> io::Result<Reply> {
        let until = Instant::now() + self.server.patience.command;
        self.wire.say(command);
        self.wire.say("\r\n");
        reply::read(&mut self.wire, until).await
    }

    /// The fate is known: how the goodbye fares changes nothing.
    async fn leave(mut self) {
        self.wire.say("QUIT\r\n");
        self.wire.close(Duration::from_secs(2)).await;
    }
}

async fn protected(server: &Server, stream: impl Stream + 'static) -> Result<Wire, Fate> {
    let config =
        tls::client(server.trusted.as_deref()).map_err(|e| Fate::Postponed(e.message.to_string()))?;
    let name = ServerName::try_from(server.host.clone())
        .map_err(|_| Fate::Postponed(format!("{} is no name for TLS.", server.host)))?;
    let shaking = TlsConnector::from(config).connect(name, stream);
    let shaken = timeout(server.patience.connect, shaking).await;
    let stream = shaken.map_err(io::Error::from).flatten().map_err(|e| unreached(server, &e))?;
    Ok(Wire::new(stream))
}

fn unreached(server: &Server, e: &io::Error) -> Fate {
    Fate::Postponed(format!("{} can't be reached: {e}", server.host))
}

/// What an answer before the final dot means: whatever it is, nothing has arrived.
fn certain(server: &Server, answered: io::Result<Reply>) -> Result<Reply, Fate> {
    match answered {
        Ok(said) if said.is_positive() => Ok(said),
        Ok(said) => Err(judged(&said)),
        Err(e) => Err(unreached(server, &e)),
    }
}

fn judged(said: &Reply) -> Fate {
    if said.is_permanent() { Fate::Refused(said.text()) } else { Fate::Postponed(said.text()) }
}

impl Fate {
    fn naming(self, address: &str) -> Fate {
        let named = |why: String| format!("{address}: {why}");
        match self {
            Fate::Postponed(why) => Fate::Postponed(named(why)),
            Fate::Refused(why) => Fate::Refused(named(why)),
            other => other,
        }
    }
}

/// Doubles dots at the beginning of lines (RFC 5321 section 4.5.2) and ends every line in CR LF, also one
/// that ends in CR or LF alone: such a break could be read as the end of the mail further on.
pub(super) fn stuffed(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len() + raw.len() / 50 + 2);
    let mut rest = raw;
    while !rest.is_empty() {
        let end = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len());
        if rest[0] == b'.' {
            out.push(b'.');
        }
        out.extend_from_slice(&rest[..end]);
        out.extend_from_slice(b"\r\n");
        let after = if rest[end..].starts_with(b"\r\n") { end + 2 } else { end + 1 };
        rest = rest.get(after..).unwrap_or_default();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::stuffed;

    #[test]
    fn no_line_break_stands_alone_on_the_way_out() {
        assert_eq!(stuffed(b"a\n.b\r.c\r\n\r\r\n.\r\n"), b"a\r\n..b\r\n..c\r\n\r\n\r\n..\r\n");
        assert_eq!(stuffed(b"a"), b"a\r\n");
        assert_eq!(stuffed(b""), b"");
    }
}
