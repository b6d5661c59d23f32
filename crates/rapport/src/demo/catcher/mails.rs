//! The mails that were caught, in memory, and the mailroom that takes them.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use base::{Clock, Result, Time};
use channel_email::channel::{Envelope, Later, Mailroom, Refusal};
use channel_email::smtp::listener::{Listening, Manners, listen};

/// Older mails are forgotten.
pub const MOST_MAILS: usize = 500;

/// Nobody has an address at this domain: mail for it fails, so that a failed delivery can be seen.
pub const GONE: &str = "gone.example";

/// A mail that was sent by the demo.
pub struct Caught {
    pub id: u64,
    pub at: Time,
    pub envelope: Envelope,
    pub raw: Vec<u8>,
    pub mail: mime::Mail,
}

/// The mails in memory, newest last.
#[derive(Default)]
struct Kept {
    mails: VecDeque<Arc<Caught>>,
    last: u64,
}

#[derive(Clone)]
pub struct Catcher {
    kept: Arc<Mutex<Kept>>,
    pub(super) clock: Clock,
    /// Where Rapport takes mail, once it does.
    pub(super) rapport: Arc<OnceLock<SocketAddr>>,
}

impl Catcher {
    pub fn new(clock: Clock) -> Catcher {
        Catcher { kept: Arc::default(), clock, rapport: Arc::default() }
    }

    /// Begins to take mail at a free port of this machine.
    pub async fn catch(&self) -> Result<Listening> {
        let manners = Manners::new("catcher.linden-lark.example", self.clock.clone());
        listen("127.0.0.1:0", manners, Arc::new(self.clone())).await
    }

    pub fn writes_to(&self, rapport: SocketAddr) {
        let _ = self.rapport.set(rapport);
    }

    /// Newest first.
    pub fn mails(&self) -> Vec<Arc<Caught>> {
        self.lock().mails.iter().rev().cloned().collect()
    }

    pub fn mail(&self, id: u64) -> Option<Arc<Caught>> {
        self.lock().mails.iter().find(|caught| caught.id == id).cloned()
    }

    /// The mail of a message, by the beginning of its Message-ID.
    pub fn find(&self, beginning: &str) -> Option<Arc<Caught>> {
        let begins = |caught: &&Arc<Caught>| {
            caught.mail.message_id.as_deref().is_some_and(|id| id.starts_with(beginning))
        };
        self.lock().mails.iter().rev().find(begins).cloned()
    }

    pub(super) fn keep(&self, envelope: Envelope, raw: Vec<u8>) {
        let mail = mime::read(&raw, &mime::Limits::default());
        let at = mail.date.map_or_else(|| self.clock.now(), |date| Time(date.as_millisecond()));
        let mut kept = self.lock();
        kept.last += 1;
        let caught = Caught { id: kept.last, at, envelope, raw, mail };
        kept.mails.push_back(Arc::new(caught));
        if kept.mails.len() > MOST_MAILS {
            kept.mails.pop_front();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Mailroom for Catcher {
    fn knows<'a>(&'a self, address: &'a str) -> Later<'a, Result<bool>> {
        let gone = address.rsplit_once('@').is_some_and(|(_, domain)| domain.eq_ignore_ascii_case(GONE));
        Box::pin(async move { Ok(!gone) })
    }

    fn accept(&self, envelope: Envelope, raw: Vec<u8>) -> Later<'_, Result<(), Refusal>> {
        self.keep(envelope, raw);
        Box::pin(async { Ok(()) })
    }
}
