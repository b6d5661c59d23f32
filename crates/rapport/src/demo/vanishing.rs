//! A mail server that goes away between the end of a mail and its answer: nobody can know then whether
//! the mail has arrived. The demo needs one message of this kind.

use std::net::SocketAddr;
use std::sync::Arc;

use base::{Clock, Result};
use channel_email::channel::{Envelope, Later, Mailroom, Refusal};
use channel_email::smtp::listener::{self, Listening, Manners};
use tokio::sync::Notify;

pub struct Vanishing {
    listening: Listening,
    reached: Arc<Notify>,
}

struct Door(Arc<Notify>);

pub async fn listen(clock: &Clock) -> Result<Vanishing> {
    let reached = Arc::new(Notify::new());
    let manners = Manners::new("vanishing.example", clock.clone());
    let listening = listener::listen("127.0.0.1:0", manners, Arc::new(Door(reached.clone()))).await?;
    Ok(Vanishing { listening, reached })
}

impl Vanishing {
    pub fn address(&self) -> SocketAddr {
        self.listening.address
    }

    /// Waits for a mail and is gone without a word.
    pub async fn vanish(self) {
        self.reached.notified().await;
        drop(self.listening);
    }
}

impl Mailroom for Door {
    fn knows<'a>(&'a self, _: &'a str) -> Later<'a, Result<bool>> {
        Box::pin(async { Ok(true) })
    }

    fn accept(&self, _: Envelope, _: Vec<u8>) -> Later<'_, Result<(), Refusal>> {
        self.0.notify_one();
        Box::pin(std::future::pending())
    }
}
