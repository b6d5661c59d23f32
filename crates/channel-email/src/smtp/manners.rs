//! How the listener behaves, and what its sessions share.

use std::sync::Arc;
use std::time::Duration;

use base::Clock;
use tokio::sync::{Semaphore, watch};
use tokio_rustls::TlsAcceptor;

use crate::channel::Mailroom;
use crate::model::MOST_BYTES;

/// Content is counted against the common memory in pieces of this size.
pub(super) const PIECE: usize = 64 * 1024;

/// How the listener behaves. Made with [`Manners::new`] and changed by field.
#[derive(Clone)]
pub struct Manners {
    /// Our name in the greeting and in `Received`.
    pub host: String,
    pub clock: Clock,
    /// STARTTLS is offered when this is there.
    pub tls: Option<Arc<rustls::ServerConfig>>,
    pub most_bytes: usize,
    pub most_recipients: usize,
    pub most_connections: usize,
    /// Connections of one address; loopback is free of it, since relays stand there.
    pub most_per_address: usize,
    /// Content of all sessions together that is in memory at once.
    pub most_memory: usize,
    /// Refusals after which a session is ended.
    pub most_errors: usize,
    /// Commands that move nothing forward, after which a session is ended.
    pub most_idle: usize,
    /// For one whole command (RFC 5321 section 4.5.3.2.7).
    pub command_patience: Duration,
    /// Between two pieces of content.
    pub block_patience: Duration,
    /// For the content as a whole, beside a second for every 16 kB.
    pub content_patience: Duration,
}

impl Manners {
    pub fn new(host: &str, clock: Clock) -> Manners {
        Manners {
            host: host.to_owned(),
            clock,
            tls: None,
            most_bytes: MOST_BYTES,
            most_recipients: 100,
            most_connections: 500,
            most_per_address: 50,
            most_memory: 256 * 1024 * 1024,
            most_errors: 20,
            most_idle: 100,
            command_patience: Duration::from_secs(300),
            block_patience: Duration::from_secs(180),
            content_patience: Duration::from_secs(600),
        }
    }
}

/// What all sessions share.
pub(super) struct Shared {
    pub manners: Manners,
    pub room: Arc<dyn Mailroom>,
    pub tls: Option<TlsAcceptor>,
    pub memory: Arc<Semaphore>,
    /// Turns true when the house closes.
    pub closing: watch::Receiver<bool>,
}
