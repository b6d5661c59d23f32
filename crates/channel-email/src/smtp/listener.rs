//! The SMTP listener: takes connections, within bounds, and hands each to a session.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::Result;
use base::error::invalid;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

pub use super::manners::Manners;
use super::manners::{PIECE, Shared};
use super::session::Session;
use crate::channel::Mailroom;

/// A listener at work; dropping it cuts all sessions off, which loses nothing that was acknowledged.
pub struct Listening {
    pub address: SocketAddr,
    close: watch::Sender<bool>,
    task: Option<JoinHandle<()>>,
}

impl Listening {
    /// Takes no more connections, lets mails under way finish for up to ten seconds.
    pub async fn stop(mut self) {
        self.close.send_replace(true);
        if let Some(task) = &mut self.task {
            let _ = tokio::time::timeout(Duration::from_secs(10), task).await;
        }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
        }
    }
}

/// Begins to listen at `HOST:PORT`; port 0 takes a free one.
pub async fn listen(address: &str, manners: Manners, room: Arc<dyn Mailroom>) -> Result<Listening> {
    let listener = TcpListener::bind(address).await.map_err(|e| {
        invalid(
            "smtp_listen",
            format!("{address} can't be used for incoming mail: {e}. Choose another port."),
        )
        .because(e)
    })?;
    let address = listener.local_addr()?;
    let (close, closing) = watch::channel(false);
    let tls = manners.tls.clone().map(TlsAcceptor::from);
    let memory = Arc::new(Semaphore::new(manners.most_memory / PIECE));
    let shared = Arc::new(Shared { manners, room, tls, memory, closing });
    Ok(Listening { address, close, task: Some(tokio::spawn(take(listener, shared))) })
}

async fn take(listener: TcpListener, shared: Arc<Shared>) {
    let doors = Doors::default();
    let mut closing = shared.closing.clone();
    let mut sessions = JoinSet::new();
    loop {
        let came = tokio::select! {
            came = listener.accept() => came,
            _ = closing.wait_for(|closing| *closing) => break,
        };
        while sessions.try_join_next().is_some() {}
        let (stream, peer) = match came {
            Ok(came) => came,
            Err(e) => {
                // Out of file handles: others end soon, so waiting helps.
                tracing::warn!(error = %e, "a mail connection could not be taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        match doors.enter(peer.ip(), &shared.manners) {
            Some(pass) => {
                let shared = shared.clone();
                sessions.spawn(async move {
                    let _pass = pass;
                    let _ = stream.set_nodelay(true);
                    Session::new(shared, stream, peer).run().await;
                });
            }
            None => {
                sessions.spawn(turn_away(stream, shared.manners.host.clone()));
            }
        }
    }
    drop(listener);
    while sessions.join_next().await.is_some() {}
}

async fn turn_away(mut stream: TcpStream, host: String) {
    let text = format!("421 4.7.0 {host} Too many connections, try again later\r\n");
    let _ = tokio::time::timeout(Duration::from_secs(2), stream.write_all(text.as_bytes())).await;
}

/// Counts who is inside.
#[derive(Clone, Default)]
struct Doors(Arc<Mutex<HashMap<IpAddr, usize>>>);

struct Pass {
    doors: Doors,
    ip: IpAddr,
}

impl Doors {
    fn enter(&self, ip: IpAddr, manners: &Manners) -> Option<Pass> {
        let ip = ip.to_canonical();
        let mut inside = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = inside.get(&ip).copied().unwrap_or(0);
        let full = inside.values().sum::<usize>() >= manners.most_connections;
        if full || mine >= manners.most_per_address && !ip.is_loopback() {
            return None;
        }
        inside.insert(ip, mine + 1);
        Some(Pass { doors: self.clone(), ip })
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        let mut inside = self.doors.0.lock().unwrap_or_else(PoisonError::into_inner);
        match inside.get_mut(&self.ip) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(inside.remove(&self.ip)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Clock;

    #[test]
    fn one_address_gets_its_share_and_loopback_all() {
        let manners =
            Manners { most_connections: 5, most_per_address: 2, ..Manners::new("h", Clock::system()) };
        let doors = Doors::default();
        let (one, mapped) = ("192.0.2.1".parse().expect("ip"), "::ffff:192.0.2.1".parse().expect("ip"));
        let passes = [doors.enter(one, &manners), doors.enter(mapped, &manners)];
        assert!(passes.iter().all(Option::is_some));
        assert!(doors.enter(one, &manners).is_none(), "its share is used up");
        let local = "127.0.0.1".parse().expect("ip");
        let locals: Vec<_> =
            (0..3).map(|_| doors.enter(local, &manners).expect("free of the share")).collect();
        assert!(doors.enter(local, &manners).is_none(), "the house is full");
        drop((passes, locals));
        assert!(doors.0.lock().expect("whole").is_empty());
    }
}
