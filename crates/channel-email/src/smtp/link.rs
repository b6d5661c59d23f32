//! One connection to a server that takes our mail, step by step.

use std::io;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;

use super::reply::{self, Reply};
use super::server::{Addressed, Fate, Login, NOT_LET_IN, Security, Server};
use super::stuffing::stuffed;
use super::tls;
use super::wire::{Stream, Wire};

/// The server is about to close the connection (RFC 5321 section 3.8).
const CLOSING: u16 = 421;

/// A connection that is greeted, protected and logged in.
pub(super) struct Link {
    pub(super) server: Server,
    wire: Wire,
    hello: Reply,
    /// The server has closed it or says that it will: no further mail goes down this way.
    pub(super) broken: bool,
}

impl Link {
    pub(super) async fn open(server: &Server) -> Result<Link, Fate> {
        let connecting = TcpStream::connect((server.host.as_str(), server.port));
        let stream = timeout(server.patience.connect, connecting).await;
        let stream = stream.map_err(io::Error::from).flatten().map_err(|e| unreached(server, &e))?;
        let _ = stream.set_nodelay(true);
        let wire = match server.security {
            Security::Tls => protected(server, stream).await?,
            _ => Wire::new(stream),
        };
        let mut link =
            Link { server: server.clone(), wire, hello: Reply { code: 0, lines: Vec::new() }, broken: false };
        let until = Instant::now() + server.patience.command;
        certain(server, reply::read(&mut link.wire, until).await)?;
        link.greet().await?;
        if server.security == Security::StartTls {
            link = link.start_tls().await?;
        }
        match &server.login {
            Some(Login::Password { user, password }) => link.log_in(user, password).await?,
            Some(Login::Bearer { user, token }) => link.show_grant(user, token).await?,
            None => {}
        }
        Ok(link)
    }

    /// EHLO, and HELO for servers that are older than that.
    async fn greet(&mut self) -> Result<(), Fate> {
        let name = self.server.hello.clone();
        let hello = self.ask(&format!("EHLO {name}")).await;
        let hello = match hello {
            Ok(refused) if refused.is_permanent() => self.ask(&format!("HELO {name}")).await,
            other => other,
        };
        self.hello = certain(&self.server, hello)?;
        Ok(())
    }

    async fn start_tls(mut self) -> Result<Link, Fate> {
        if self.hello.extension("STARTTLS").is_none() {
            return Err(Fate::Postponed(format!("{} does not offer STARTTLS.", self.server.host)));
        }
        let ready = self.ask("STARTTLS").await;
        certain(&self.server, ready)?;
        // Whatever came in the clear behind the answer is forgotten with the old wire.
        self.wire = protected(&self.server, self.wire.into_stream()).await?;
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
            code = certain(&self.server, answered)?.code;
        }
        match code {
            200..300 => Ok(()),
            _ => Err(Fate::Postponed(format!("{} asks for more than a password.", self.server.host))),
        }
    }

    /// XOAUTH2 as Google and Microsoft describe it: user and token in one line. A refusal comes as a question
    /// with details, which an empty line answers.
    async fn show_grant(&mut self, user: &str, token: &str) -> Result<(), Fate> {
        let line = STANDARD.encode(format!("user={user}\x01auth=Bearer {token}\x01\x01"));
        let answered = self.ask(&format!("AUTH XOAUTH2 {line}")).await;
        let mut said = answered.map_err(|e| unreached(&self.server, &e))?;
        if said.code == 334 {
            let answered = self.ask("").await;
            said = answered.map_err(|e| unreached(&self.server, &e))?;
        }
        match said.code {
            200..300 => Ok(()),
            _ => Err(Fate::Postponed(format!("{} {NOT_LET_IN}: {}", self.server.host, said.text()))),
        }
    }

    /// Everything before the content: nothing can have arrived when this fails.
    pub(super) async fn announce(&mut self, addressed: &Addressed, raw: &[u8]) -> Result<(), Fate> {
        let mail = self.mail_from(addressed, raw)?;
        let answered = self.ask(&mail).await;
        certain(&self.server, answered)?;
        for to in &addressed.to {
            let answered = self.ask(&format!("RCPT TO:<{to}>")).await;
            let answered = certain(&self.server, answered);
            if let Err(fate) = answered {
                // All or nobody: a mail that reached some only could not be sent again.
                let _ = self.ask("RSET").await;
                return Err(fate.naming(to));
            }
        }
        let ready = self.ask("DATA").await;
        match certain(&self.server, ready) {
            Ok(ready) if ready.code == 354 => Ok(()),
            Ok(odd) => {
                self.broken = true;
                Err(Fate::Postponed(odd.text()))
            }
            Err(fate) => {
                let _ = self.ask("RSET").await;
                Err(fate)
            }
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
    pub(super) async fn hand_over(&mut self, raw: &[u8]) -> Fate {
        let until = Instant::now() + self.server.patience.content;
        for block in stuffed(raw).chunks(32 * 1024) {
            if let Err(e) = self.wire.write(block, until).await {
                self.broken = true;
                // The server may have said why before it closed.
                let soon = Instant::now() + Duration::from_secs(2);
                return match reply::read(&mut self.wire, soon).await {
                    Ok(said) if !said.is_positive() => judged(&said),
                    _ => unreached(&self.server, &e),
                };
            }
        }
        let until = Instant::now() + self.server.patience.end;
        let answered = match self.wire.write(b".\r\n", until).await {
            Ok(()) => reply::read(&mut self.wire, until).await,
            Err(e) => Err(e),
        };
        self.broken |= answered.as_ref().map_or(true, |said| said.code < 200 || said.code == CLOSING);
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
        let answered = reply::read(&mut self.wire, until).await;
        self.broken |= answered.as_ref().map_or(true, |said| said.code == CLOSING);
        answered
    }

    /// The fate is known: how the goodbye fares changes nothing.
    pub(super) async fn leave(mut self) {
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

pub(super) fn unreached(server: &Server, e: &io::Error) -> Fate {
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
