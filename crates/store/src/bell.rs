//! The bell of a workspace: rung after a commit that left news to read or work to do.
//!
//! A ring carries nothing. Whoever hears it reads the tables from its own cursor, so a ring that is
//! lost costs a second of delay and never a message. Whispers carry what is ephemeral: presence and
//! typing; they may be lost.

use std::sync::mpsc;
use std::time::Duration;

use tokio::sync::{broadcast, watch};

use crate::pg::{PgLink, Place};

/// How long a ring waits for company before the other nodes are told.
const NODE_PAUSE: Duration = Duration::from_millis(30);
/// PostgreSQL takes notifications below 8,000 bytes.
const LONGEST_WHISPER: usize = 4_000;

#[derive(Clone)]
pub struct Bell {
    rung: watch::Sender<u64>,
    whispers: broadcast::Sender<String>,
    other_nodes: Option<mpsc::Sender<Signal>>,
}

enum Signal {
    Ring,
    Whisper(String),
}

impl Bell {
    /// The bell of a file: one process hears it.
    pub(crate) fn local() -> Bell {
        Bell { rung: watch::Sender::new(0), whispers: broadcast::Sender::new(256), other_nodes: None }
    }

    /// The bell of a schema: every node that has it open hears it.
    pub(crate) fn shared(place: Place) -> Bell {
        let (signals, outgoing) = mpsc::channel();
        let bell = Bell { other_nodes: Some(signals), ..Bell::local() };
        let (rung, whispers) = (bell.rung.clone(), bell.whispers.clone());
        let relay = Relay { place, rung, whispers, outgoing, me: base::secrets::new_token() };
        std::thread::Builder::new()
            .name("bell".to_owned())
            .spawn(move || relay.run())
            .expect("the system gives a thread");
        bell
    }

    pub fn ring(&self) {
        self.rung.send_modify(|n| *n += 1);
        self.tell(Signal::Ring);
    }

    /// Tells all nodes something that nobody misses when it is lost.
    pub fn whisper(&self, text: String) {
        if text.len() <= LONGEST_WHISPER {
            // No receivers is fine: nobody is looking.
            let _ = self.whispers.send(text.clone());
            self.tell(Signal::Whisper(text));
        }
    }

    /// Changes whenever the bell rings.
    pub fn listen(&self) -> watch::Receiver<u64> {
        self.rung.subscribe()
    }

    pub fn whispers(&self) -> broadcast::Receiver<String> {
        self.whispers.subscribe()
    }

    fn tell(&self, signal: Signal) {
        if let Some(outgoing) = &self.other_nodes {
            let _ = outgoing.send(signal);
        }
    }
}

/// Carries rings between nodes over LISTEN and NOTIFY, outside every business transaction: a
/// notification inside one takes a lock over its commit.
struct Relay {
    place: Place,
    rung: watch::Sender<u64>,
    whispers: broadcast::Sender<String>,
    outgoing: mpsc::Receiver<Signal>,
    me: String,
}

impl Relay {
    #[expect(clippy::disallowed_methods, reason = "a thread of its own, waiting for the server to return")]
    fn run(self) {
        loop {
            match self.carry() {
                Ok(()) => return,
                Err(e) => tracing::warn!(error = ?e, "the bell lost its connection and will try again"),
            }
            // Something may have been missed: everybody looks once.
            self.rung.send_modify(|n| *n += 1);
            std::thread::sleep(Duration::from_secs(1));
        }
    }

    /// Ends with `Ok` when the workspace is closed.
    fn carry(&self) -> base::Result<()> {
        let mut link = PgLink::connect(&self.place)?;
        let channel = format!("rapport_{}", self.place.schema);
        link.batch(&format!("LISTEN {channel}"))?;
        loop {
            self.hear(&mut link)?;
            let mut ring = false;
            let mut texts = Vec::new();
            loop {
                match self.outgoing.try_recv() {
                    Ok(Signal::Ring) => ring = true,
                    Ok(Signal::Whisper(text)) => texts.push(text),
                    Err(mpsc::TryRecvError::Empty) => break,
                    Err(mpsc::TryRecvError::Disconnected) => return Ok(()),
                }
            }
            if ring {
                texts.push(String::new());
            }
            for text in texts {
                let payload = format!("{}{text}", self.me);
                let done = link.client().execute("SELECT pg_notify($1, $2)", &[&channel, &payload]);
                done.map_err(crate::pg::failed)?;
            }
        }
    }

    fn hear(&self, link: &mut PgLink) -> base::Result<()> {
        use postgres::fallible_iterator::FallibleIterator;
        let mut notifications = link.client().notifications();
        let mut heard = notifications.timeout_iter(NODE_PAUSE);
        while let Some(notification) = heard.next().map_err(crate::pg::failed)? {
            let payload = notification.payload();
            if payload.starts_with(&self.me) {
                continue;
            }
            // 43 characters of token name the node that sent it.
            match payload.get(43..) {
                Some("") | None => self.rung.send_modify(|n| *n += 1),
                Some(text) => drop(self.whispers.send(text.to_owned())),
            }
        }
        Ok(())
    }
}
