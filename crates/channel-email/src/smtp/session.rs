//! One session with a client that brings mail: the order of commands and the answers to them.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::SemaphorePermit;
use tokio::time::{Duration, Instant, timeout_at};

use super::command::{Command, Fault, Mail, parse};
use super::content::Content;
use super::manners::{PIECE, Shared};
use super::wire::{Line, Wire};
use crate::channel::{Envelope, Refusal};

/// RFC 5321 section 4.5.3.1.4 with room for the parameters of the extensions.
const COMMAND_BYTES: usize = 2048;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Go,
    Leave,
}

pub(super) struct Session {
    shared: Arc<Shared>,
    wire: Option<Wire>,
    peer: SocketAddr,
    secure: bool,
    /// What the client calls itself, and whether it said EHLO.
    client: Option<(String, bool)>,
    mail: Option<(Mail, Vec<String>)>,
    errors: usize,
    idle: usize,
}

impl Session {
    pub fn new(
        shared: Arc<Shared>,
        stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
        peer: SocketAddr,
    ) -> Session {
        let wire = Some(Wire::new(stream));
        Session { shared, wire, peer, secure: false, client: None, mail: None, errors: 0, idle: 0 }
    }

    /// Until the client leaves. A broken connection is no error of ours: unacknowledged mail comes again.
    pub async fn run(mut self) {
        let host = self.shared.manners.host.clone();
        self.say(&format!("220 {host} ESMTP Rapport"));
        if let Err(e) = self.talk().await {
            if e.kind() == io::ErrorKind::TimedOut {
                self.say(&format!("421 4.4.2 {host} Timed out, closing the connection"));
            }
            tracing::debug!(error = %e, "a mail session broke off");
        }
        if let Some(wire) = self.wire {
            wire.close(Duration::from_secs(5)).await;
        }
    }

    async fn talk(&mut self) -> io::Result<()> {
        loop {
            let mut closing = self.shared.closing.clone();
            let until = Instant::now() + self.shared.manners.command_patience;
            let line = tokio::select! {
                biased;
                line = self.wire()?.line(COMMAND_BYTES, until) => line?,
                _ = closing.wait_for(|closing| *closing) => {
                    self.say("421 4.3.2 This server is closing, try again later");
                    return Ok(());
                }
            };
            let next = match line {
                Line::Closed => return Ok(()),
                Line::TooLong => self.refuse("500 5.5.2 This line is too long"),
                Line::Lone(_) => {
                    self.say("500 5.5.2 A line ends in CR LF, and in nothing else");
                    Next::Leave
                }
                Line::Whole(line) => self.obey(&line).await?,
            };
            if next == Next::Leave || self.is_tired() {
                return Ok(());
            }
        }
    }

    fn wire(&mut self) -> io::Result<&mut Wire> {
        self.wire.as_mut().ok_or_else(|| io::ErrorKind::NotConnected.into())
    }

    fn say(&mut self, reply: &str) {
        if let Some(wire) = &mut self.wire {
            wire.say(reply);
            wire.say("\r\n");
        }
    }

    fn answer(&mut self, reply: &str) -> Next {
        self.say(reply);
        Next::Go
    }

    fn refuse(&mut self, reply: &str) -> Next {
        self.errors += 1;
        self.answer(reply)
    }

    fn is_tired(&mut self) -> bool {
        let tired =
            self.errors > self.shared.manners.most_errors || self.idle > self.shared.manners.most_idle;
        if tired {
            self.say("421 4.7.0 Too many errors, closing the connection");
        }
        tired
    }

    async fn obey(&mut self, line: &[u8]) -> io::Result<Next> {
        let command = match parse(line) {
            Ok(command) => command,
            Err(fault) => return Ok(self.refuse(said(fault))),
        };
        self.idle += usize::from(!matches!(command, Command::Mail(_) | Command::Rcpt(_) | Command::Data));
        Ok(match command {
            Command::Ehlo(name) => self.hello(name, true),
            Command::Helo(name) => self.hello(name, false),
            Command::Mail(mail) => self.begin(mail),
            Command::Rcpt(address) => self.recipient(address).await,
            Command::Data => self.data().await?,
            Command::Rset => {
                self.mail = None;
                self.answer("250 2.0.0 Forgotten")
            }
            Command::Noop => self.answer("250 2.0.0 Ok"),
            Command::Vrfy => self.answer("252 2.5.0 Send some mail, it will be tried"),
            Command::Help => self.answer("214 2.0.0 RFC 5321"),
            Command::StartTls => self.start_tls().await?,
            Command::Quit => {
                self.say("221 2.0.0 Goodbye");
                Next::Leave
            }
        })
    }

    fn hello(&mut self, name: String, extended: bool) -> Next {
        self.mail = None;
        self.client = Some((name, extended));
        let host = self.shared.manners.host.clone();
        if !extended {
            return self.answer(&format!("250 {host}"));
        }
        let size = self.shared.manners.most_bytes;
        self.say(&format!("250-{host}\r\n250-PIPELINING\r\n250-SIZE {size}\r\n250-8BITMIME"));
        if self.shared.tls.is_some() && !self.secure {
            self.say("250-STARTTLS");
        }
        self.answer("250-ENHANCEDSTATUSCODES\r\n250 SMTPUTF8")
    }

    fn begin(&mut self, mail: Mail) -> Next {
        if self.client.is_none() {
            return self.refuse("503 5.5.1 Say EHLO first");
        }
        if self.mail.is_some() {
            return self.refuse("503 5.5.1 A mail is under way already");
        }
        let most = self.shared.manners.most_bytes as u64;
        if mail.size.is_some_and(|size| size > most) {
            return self.refuse("552 5.3.4 This mail is too large");
        }
        self.mail = Some((mail, Vec::new()));
        self.answer("250 2.1.0 Ok")
    }

    async fn recipient(&mut self, address: String) -> Next {
        let most = self.shared.manners.most_recipients;
        let Some((mail, to)) = &mut self.mail else {
            return self.refuse("503 5.5.1 Say MAIL FROM first");
        };
        if !address.is_ascii() && !mail.utf8 {
            return self.refuse(said(Fault::NotAscii));
        }
        if to.len() >= most {
            // No error of the client: it sends to the others afterwards (RFC 5321 section 4.5.3.1.10).
            return self.answer("452 4.5.3 Too many recipients, send to the others in another mail");
        }
        match self.shared.room.knows(&address).await {
            Ok(true) => {
                to.push(address);
                self.answer("250 2.1.5 Ok")
            }
            Ok(false) => self.refuse("550 5.1.1 Nobody has this address here"),
            Err(e) => {
                tracing::warn!(error = ?e, "a mail address could not be looked up");
                self.answer("451 4.3.0 Not now, try again later")
            }
        }
    }

    async fn start_tls(&mut self) -> io::Result<Next> {
        let Some(tls) = self.shared.tls.clone().filter(|_| !self.secure) else {
            return Ok(self.refuse("503 5.5.1 TLS is not offered now"));
        };
        // What was sent in the clear behind STARTTLS would be taken for protected afterwards (CVE-2011-0411).
        if !self.wire()?.buffered().is_empty() {
            self.say("554 5.5.0 Nothing may follow STARTTLS");
            return Ok(Next::Leave);
        }
        let until = Instant::now() + self.shared.manners.command_patience.min(Duration::from_secs(60));
        self.say("220 2.0.0 Go ahead");
        self.wire()?.flush(until).await?;
        let wire = self.wire.take().ok_or(io::ErrorKind::NotConnected)?;
        let stream = timeout_at(until, tls.accept(wire.into_stream())).await??;
        self.wire = Some(Wire::new(stream));
        self.secure = true;
        // The client has to begin anew (RFC 3207 section 4.2).
        (self.client, self.mail) = (None, None);
        Ok(Next::Go)
    }

    async fn data(&mut self) -> io::Result<Next> {
        let Some((mail, to)) = self.mail.take() else {
            return Ok(self.refuse("503 5.5.1 Say MAIL FROM first"));
        };
        if to.is_empty() {
            self.mail = Some((mail, to));
            return Ok(self.refuse("554 5.5.1 No valid recipients"));
        }
        self.say("354 Go ahead, end with a dot on a line of its own");
        let shared = self.shared.clone();
        let mut memory = Vec::new();
        let Some(content) = self.content(&shared, &mut memory).await? else { return Ok(Next::Leave) };
        if content.has_lone_break() {
            self.say("550 5.6.0 Lines end in CR LF; this mail holds a CR or LF alone");
            return Ok(Next::Leave);
        }
        if memory.is_empty() {
            return Ok(self.answer("452 4.3.1 Too much mail at once, try again later"));
        }
        if content.is_too_large() {
            return Ok(self.refuse("552 5.3.4 This mail is too large"));
        }
        self.idle = 0;
        let raw = self.stamped(&mail, &to, content.into_bytes());
        let helo = self.client.as_ref().map(|(name, _)| name.clone()).unwrap_or_default();
        let peer = Some(self.peer.ip().to_canonical());
        let accepted = self.shared.room.accept(Envelope { from: mail.from, to, peer, helo }, raw).await;
        Ok(match accepted {
            Ok(()) => self.answer("250 2.0.0 Stored"),
            Err(Refusal::Later(why)) => self.answer(&format!("451 4.3.0 {}", one_line(&why))),
            Err(Refusal::Never(why)) => self.refuse(&format!("554 5.6.0 {}", one_line(&why))),
        })
    }

    /// Reads to the final dot; `None` when the client sends without end. `memory` is empty afterwards when
    /// the house had no room for the mail.
    async fn content<'s>(
        &mut self,
        shared: &'s Shared,
        memory: &mut Vec<SemaphorePermit<'s>>,
    ) -> io::Result<Option<Content>> {
        let manners = &shared.manners;
        let begun = Instant::now();
        let mut content = Content::new(manners.most_bytes);
        let mut full = !grow(shared, memory);
        loop {
            let used = content.feed(self.wire()?.buffered());
            self.wire()?.drop_buffered(used);
            while !full && content.held() > memory.len() * PIECE {
                full = !grow(shared, memory);
            }
            if full {
                memory.clear();
            }
            if content.is_done() {
                return Ok(Some(content));
            }
            // Memory that the house does not have is not used either: what comes is only counted.
            if full && content.held() > PIECE {
                content.forget();
            }
            if content.seen() > manners.most_bytes.saturating_mul(2) {
                self.say("552 5.3.4 This mail is far too large");
                return Ok(None);
            }
            let slow = Duration::from_secs(content.seen() as u64 / (16 * 1024));
            let until =
                (begun + manners.content_patience + slow).min(Instant::now() + manners.block_patience);
            if self.wire()?.fill(until).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }

    /// Puts our trace fields in front (RFC 5321 section 4.4).
    fn stamped(&self, mail: &Mail, to: &[String], content: Vec<u8>) -> Vec<u8> {
        let (client, extended) = self.client.clone().unwrap_or_default();
        let with = match (mail.utf8, extended, self.secure) {
            (true, _, true) => "UTF8SMTPS",
            (true, _, false) => "UTF8SMTP",
            (_, true, true) => "ESMTPS",
            (_, true, false) => "ESMTP",
            _ => "SMTP",
        };
        let only = match to {
            [one] => format!("\r\n\tfor <{one}>"),
            _ => String::new(),
        };
        let date = self.shared.manners.clock.now().stamp().to_zoned(jiff::tz::TimeZone::UTC);
        let date = jiff::fmt::rfc2822::to_string(&date).unwrap_or_default();
        let (host, ip) = (&self.shared.manners.host, self.peer.ip().to_canonical());
        let ip = if ip.is_ipv6() { format!("IPv6:{ip}") } else { ip.to_string() };
        let trace = format!(
            "Return-Path: <{}>\r\nReceived: from {client} ([{ip}])\r\n\tby {host} with {with}{only};\r\n\t{date}\r\n",
            mail.from
        );
        let mut raw = trace.into_bytes();
        raw.extend(content);
        raw
    }
}

fn grow<'s>(shared: &'s Shared, memory: &mut Vec<SemaphorePermit<'s>>) -> bool {
    shared.memory.try_acquire().map(|permit| memory.push(permit)).is_ok()
}

fn said(fault: Fault) -> &'static str {
    match fault {
        Fault::Unknown => "500 5.5.2 This command is not known",
        Fault::Absent => "502 5.5.1 This command is not offered",
        Fault::Syntax => "501 5.5.4 This can't be read",
        Fault::Parameter => "555 5.5.4 This parameter is not known",
        Fault::NotAscii => "553 5.6.7 Such an address needs SMTPUTF8",
    }
}

fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    base::text::cut(&plain, 300).to_owned()
}
