//! A mailbox on a POP3 server (RFC 1939), with STLS (RFC 2595) and SASL (RFC 5034).

use std::time::Duration;

use base::Result;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio::time::Instant;

use super::access::Access;
use super::link::{BULK, COMMAND, GRANT_REFUSED, Login, Server};
use super::sasl::Mechanism;
use crate::smtp::client::Security;
use crate::smtp::wire::{Line, Wire};

/// RFC 2449 allows 512; what servers say in words is often longer.
const LONGEST_LINE: usize = 4_096;
/// Mails in one mailbox that are looked at.
const MOST_MAILS: usize = 1_000_000;

pub struct Pop3 {
    server: Server,
    wire: Wire,
    able: Vec<String>,
}

/// A mail on the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its number in this connection alone.
    pub number: u32,
    /// Its name for ever (RFC 1939 section 7, `UIDL`).
    pub name: String,
}

impl Pop3 {
    pub async fn open(server: &Server) -> Result<Pop3> {
        match Pop3::begin(server).await {
            // It may have been withdrawn, or ended early: a fresh one is asked for, once.
            Err(e) if e.code == GRANT_REFUSED => Pop3::begin(&server.anew().await?).await,
            other => other,
        }
    }

    async fn begin(server: &Server) -> Result<Pop3> {
        let wire = Wire::new(server.connect().await?);
        let mut pop3 = Pop3 { server: server.clone(), wire, able: Vec::new() };
        pop3.answer().await?;
        pop3.look_around().await?;
        if server.security == Security::StartTls {
            if !pop3.can("STLS") {
                return Err(server.no_starttls());
            }
            pop3.ask("STLS").await?;
            // What came in the clear behind the answer goes with the old wire.
            pop3.wire = Wire::new(server.protect(pop3.wire.into_stream()).await?);
            pop3.look_around().await?;
        }
        pop3.log_in().await?;
        Ok(pop3)
    }

    /// CAPA (RFC 2449); a server that knows it not is an old one, not a broken one.
    async fn look_around(&mut self) -> Result<()> {
        match self.ask("CAPA").await {
            Ok(_) => {
                let lines = self.lines(BULK, 1_000).await?;
                self.able =
                    lines.iter().map(|line| String::from_utf8_lossy(line).to_ascii_uppercase()).collect();
                Ok(())
            }
            Err(e) if e.code == "source_unwilling" => Ok(()),
            Err(e) => Err(e),
        }
    }

    fn can(&self, what: &str) -> bool {
        self.able.iter().any(|line| line.split(' ').next() == Some(what))
    }

    async fn log_in(&mut self) -> Result<()> {
        let said = match self.server.login.clone() {
            Login::Password { user, password } if self.offers("PLAIN") => {
                self.ask(&format!("AUTH PLAIN {}", STANDARD.encode(format!("\0{user}\0{password}")))).await
            }
            Login::Password { user, password } => match self.ask(&format!("USER {user}")).await {
                Ok(_) => self.ask(&format!("PASS {password}")).await,
                refused => refused,
            },
            Login::Granted(access) => self.show_grant(&access).await,
        };
        match said {
            Err(e) if e.code == "source_unwilling" => Err(self.server.refused(self.server.words(&e))),
            other => other.map(drop),
        }
    }

    /// A way of logging in (RFC 5034 section 3).
    fn offers(&self, mechanism: &str) -> bool {
        let names =
            |line: &&String| line.starts_with("SASL") && line.split(' ').any(|word| word == mechanism);
        self.able.iter().find(names).is_some()
    }

    /// The token is longer than a command may be, so it comes after the question (RFC 5034 section 4).
    async fn show_grant(&mut self, access: &Access) -> Result<String> {
        let mechanism = Mechanism::offered(|name| self.offers(name));
        let mechanism = mechanism.ok_or_else(|| self.server.takes_no_grants())?;
        let at = (self.server.host.as_str(), self.server.port);
        let says = STANDARD.encode(mechanism.says(&access.user, &access.token, at));
        for step in [format!("AUTH {}", mechanism.name()), says, STANDARD.encode(mechanism.ends())] {
            self.wire.say(&step);
            self.wire.say("\r\n");
            let line = self.line(Instant::now() + COMMAND).await?;
            if !line.starts_with(b"+ ") && line != b"+" {
                return self.judged(&line);
            }
        }
        Err(self.server.unwilling("It asks for more than the access that was granted."))
    }

    /// Every mail that is there.
    pub async fn list(&mut self) -> Result<Vec<Listed>> {
        self.ask("UIDL").await?;
        let lines = self.lines(BULK, MOST_MAILS).await?;
        let read = |line: &Vec<u8>| {
            let line = String::from_utf8_lossy(line).into_owned();
            let (number, name) = line.trim().split_once(' ')?;
            Some(Listed { number: number.parse().ok()?, name: name.trim().to_owned() })
        };
        Ok(lines.iter().filter_map(read).collect())
    }

    /// The bytes that a mail has, by number; servers that don't say are asked for the mail itself.
    pub async fn size(&mut self, number: u32) -> Result<u64> {
        let said = self.ask(&format!("LIST {number}")).await?;
        Ok(said.split(' ').nth(2).and_then(|size| size.trim().parse().ok()).unwrap_or(0))
    }

    pub async fn fetch(&mut self, number: u32, most: usize) -> Result<Vec<u8>> {
        self.ask(&format!("RETR {number}")).await?;
        self.content(most).await
    }

    pub async fn header(&mut self, number: u32, most: usize) -> Result<Vec<u8>> {
        self.ask(&format!("TOP {number} 0")).await?;
        self.content(most).await
    }

    /// Takes effect with the goodbye (RFC 1939 section 6).
    pub async fn delete(&mut self, number: u32) -> Result<()> {
        self.ask(&format!("DELE {number}")).await.map(drop)
    }

    /// A goodbye that is heard deletes what was to be deleted.
    pub async fn finish(mut self) -> Result<()> {
        self.ask("QUIT").await.map(drop)
    }

    /// How this goodbye fares changes nothing.
    pub async fn leave(mut self) {
        self.wire.say("QUIT\r\n");
        self.wire.close(Duration::from_secs(2)).await;
    }

    async fn ask(&mut self, command: &str) -> Result<String> {
        self.wire.say(command);
        self.wire.say("\r\n");
        self.answer().await
    }

    async fn answer(&mut self) -> Result<String> {
        let line = self.line(Instant::now() + COMMAND).await?;
        self.judged(&line)
    }

    fn judged(&self, line: &[u8]) -> Result<String> {
        let said = String::from_utf8_lossy(line).trim().to_owned();
        match said.starts_with("+OK") {
            true => Ok(said),
            false => Err(self.server.unwilling(said.trim_start_matches("-ERR"))),
        }
    }

    async fn line(&mut self, until: Instant) -> Result<Vec<u8>> {
        match self.wire.line(LONGEST_LINE, until).await {
            Ok(Line::Whole(line) | Line::Lone(line)) => Ok(line),
            Ok(Line::TooLong) => Err(self.server.broken(&"the server said too much")),
            Ok(Line::Closed) => Err(self.server.broken(&"it was closed")),
            Err(e) => Err(self.server.broken(&e)),
        }
    }

    /// A list to its final dot.
    async fn lines(&mut self, patience: Duration, most: usize) -> Result<Vec<Vec<u8>>> {
        let until = Instant::now() + patience;
        let mut lines = Vec::new();
        loop {
            let line = self.line(until).await?;
            match line.as_slice() {
                b"." => return Ok(lines),
                _ if lines.len() == most => return Err(self.server.broken(&"the server said too much")),
                _ => lines.push(line),
            }
        }
    }

    /// A mail to its final dot, doubled dots made single (RFC 1939 section 3).
    async fn content(&mut self, most: usize) -> Result<Vec<u8>> {
        let until = Instant::now() + BULK;
        let mut mail = Vec::new();
        loop {
            while let Some(end) = self.wire.buffered().iter().position(|byte| *byte == b'\n') {
                let line = &self.wire.buffered()[..=end];
                let ends = matches!(line, b".\r\n" | b".\n");
                let line = line.strip_prefix(b".").unwrap_or(line);
                if !ends {
                    mail.extend_from_slice(line);
                }
                self.wire.drop_buffered(end + 1);
                if ends {
                    return Ok(mail);
                }
            }
            if mail.len() + self.wire.buffered().len() > most {
                return Err(self.server.unwilling("The mail is larger than the server said."));
            }
            match self.wire.fill(until).await {
                Ok(0) => return Err(self.server.broken(&"it was closed")),
                Ok(_) => {}
                Err(e) => return Err(self.server.broken(&e)),
            }
        }
    }
}
