//! A connection that breaks: a proxy that cuts after so many bytes, in whichever direction.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Where a connection is cut, in bytes that have passed.
#[derive(Clone, Copy, Debug)]
pub enum Cut {
    FromServer(usize),
    FromUs(usize),
}

pub struct Cutter {
    pub port: u16,
    cuts: Arc<Mutex<VecDeque<Cut>>>,
}

impl Cutter {
    /// Passes everything on until cuts are given.
    pub async fn before(server: u16) -> Cutter {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("binds");
        let port = listener.local_addr().expect("bound").port();
        let cuts: Arc<Mutex<VecDeque<Cut>>> = Arc::default();
        let shared = cuts.clone();
        tokio::spawn(async move {
            while let Ok((ours, _)) = listener.accept().await {
                let cut = shared.lock().expect("whole").pop_front();
                tokio::spawn(pass(ours, server, cut));
            }
        });
        Cutter { port, cuts }
    }

    pub fn give(&self, cuts: impl IntoIterator<Item = Cut>) {
        self.cuts.lock().expect("whole").extend(cuts);
    }

    pub fn left(&self) -> usize {
        self.cuts.lock().expect("whole").len()
    }
}

async fn pass(ours: TcpStream, server: u16, cut: Option<Cut>) {
    let Ok(theirs) = TcpStream::connect(("127.0.0.1", server)).await else { return };
    let (up, down) = match cut {
        None => (usize::MAX, usize::MAX),
        Some(Cut::FromServer(most)) => (usize::MAX, most),
        Some(Cut::FromUs(most)) => (most, usize::MAX),
    };
    let (ours_in, ours_out) = ours.into_split();
    let (theirs_in, theirs_out) = theirs.into_split();
    // Whichever ends first takes the other with it: that is the cut.
    tokio::select! {
        () = copy(ours_in, theirs_out, up) => {}
        () = copy(theirs_in, ours_out, down) => {}
    }
}

async fn copy(mut from: impl AsyncReadExt + Unpin, mut to: impl AsyncWriteExt + Unpin, mut left: usize) {
    let mut block = vec![0; 4096];
    while let Ok(count) = from.read(&mut block).await {
        let some = count.min(left);
        left -= some;
        if count == 0 || to.write_all(&block[..some]).await.is_err() || left == 0 {
            return;
        }
    }
}
