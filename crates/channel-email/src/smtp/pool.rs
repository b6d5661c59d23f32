//! Connections that stay open for the next mail to the same account.
//!
//! Certainty stays as with fresh ones: a connection that turns out to be closed before the final dot has
//! taken nothing, so the mail begins anew on a fresh one; after the dot nothing is tried again.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

use super::link::{Link, unreached};
use super::server::{Addressed, Fate, Server};

/// How long a connection may stay open without a mail, how many mails go down one, how many wait per account.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub idle: Duration,
    pub mails: u32,
    pub kept: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        // Postfix closes after 300 seconds, many providers after 30 to 60; they count mails from 100 on.
        Limits { idle: Duration::from_secs(25), mails: 50, kept: 3 }
    }
}

/// Clones share the connections.
#[derive(Clone, Default)]
pub struct Pool {
    limits: Limits,
    idle: Arc<Mutex<Vec<Idle>>>,
}

struct Idle {
    link: Link,
    since: Instant,
    mails: u32,
}

impl Pool {
    /// A pool with other limits than usual.
    pub fn new(limits: Limits) -> Pool {
        Pool { limits, ..Pool::default() }
    }

    /// Sends one mail, down a connection that is open when there is one.
    pub async fn send(&self, server: &Server, addressed: &Addressed, raw: &[u8]) -> Fate {
        while let Some(Idle { mut link, mails, .. }) = self.take(server) {
            let announced = timeout(server.patience.before, link.announce(addressed, raw)).await;
            match announced {
                Ok(Ok(())) => return self.hand_over(link, mails, raw).await,
                Ok(Err(fate)) if !link.broken => {
                    self.keep(link, mails);
                    return fate;
                }
                // It was closed meanwhile, or answers no more: nothing has arrived.
                Ok(Err(_)) | Err(_) => {}
            }
        }
        match timeout(server.patience.before, self.begun(server, addressed, raw)).await {
            Ok(Ok(link)) => self.hand_over(link, 0, raw).await,
            Ok(Err(fate)) => fate,
            Err(late) => unreached(server, &late.into()),
        }
    }

    async fn begun(&self, server: &Server, addressed: &Addressed, raw: &[u8]) -> Result<Link, Fate> {
        let mut link = Link::open(server).await?;
        match link.announce(addressed, raw).await {
            Ok(()) => Ok(link),
            Err(fate) if link.broken => Err(fate),
            Err(fate) => {
                self.keep(link, 0);
                Err(fate)
            }
        }
    }

    async fn hand_over(&self, mut link: Link, mails: u32, raw: &[u8]) -> Fate {
        let fate = link.hand_over(raw).await;
        if !link.broken {
            self.keep(link, mails + 1);
        }
        fate
    }

    fn take(&self, server: &Server) -> Option<Idle> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|one| one.since.elapsed() < self.limits.idle);
        let at = idle.iter().rposition(|one| one.link.server == *server)?;
        Some(idle.swap_remove(at))
    }

    /// What is too much says goodbye; what stays is looked after when its time is over.
    fn keep(&self, link: Link, mails: u32) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let others = idle.iter().filter(|one| one.link.server == link.server).count();
        if mails >= self.limits.mails || others >= self.limits.kept {
            drop(idle);
            tokio::spawn(link.leave());
            return;
        }
        idle.push(Idle { link, since: Instant::now(), mails });
        drop(idle);
        let pool = self.clone();
        tokio::spawn(async move {
            sleep(pool.limits.idle).await;
            for one in pool.outworn() {
                one.link.leave().await;
            }
        });
    }

    fn outworn(&self) -> Vec<Idle> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.extract_if(.., |one| one.since.elapsed() >= self.limits.idle).collect()
    }
}
