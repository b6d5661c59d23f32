//! Servers that take our mail, and what can become of a mail there.

use std::time::Duration;

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
#[derive(Clone, PartialEq, Eq)]
pub struct Server {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub login: Option<Login>,
    /// A certificate (PEM) that is trusted beside those of the system.
    pub trusted: Option<String>,
    /// What we call ourselves in EHLO.
    pub hello: String,
    pub patience: Patience,
}

/// How we show that we may send.
#[derive(Clone, PartialEq, Eq)]
pub enum Login {
    Password {
        user: String,
        password: String,
    },
    /// Access that a provider has granted for a while (XOAUTH2).
    Bearer {
        user: String,
        token: String,
    },
}

/// How long each step may take. Shorter than RFC 5321 section 4.5.3.2 where giving up costs only another try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// Words by which a refused access is known again.
pub(super) const NOT_LET_IN: &str = "did not accept the access";

impl Fate {
    /// The access that a provider has granted was refused: a fresh one may be let in.
    pub fn is_about_access(&self) -> bool {
        matches!(self, Fate::Postponed(why) if why.contains(NOT_LET_IN))
    }

    /// The same, with the address that it is about.
    pub(super) fn naming(self, address: &str) -> Fate {
        let named = |why: String| format!("{address}: {why}");
        match self {
            Fate::Postponed(why) => Fate::Postponed(named(why)),
            Fate::Refused(why) => Fate::Refused(named(why)),
            other => other,
        }
    }
}
