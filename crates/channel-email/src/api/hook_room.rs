//! Room for mail that is handed in over HTTP: until its last byte is there, nobody knows whether it was signed.

use std::time::Duration;

use axum::body::Body;
use base::Result;
use base::error::{invalid, unavailable};
use http_body_util::BodyExt;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use crate::model::MOST_BYTES;

const PIECE: usize = 1024 * 1024;
/// What all of them hold together on a node: four of the largest, or many small ones.
static ROOM: Semaphore = Semaphore::const_new(4 * MOST_BYTES.div_ceil(PIECE));
/// For room to become free.
const PATIENCE: Duration = Duration::from_secs(10);
/// For a whole mail.
pub const WITHIN: Duration = Duration::from_secs(60);

/// A mail, and the room that it takes for as long as this is held.
#[derive(Debug)]
pub struct Held {
    pub mail: Vec<u8>,
    room: Option<SemaphorePermit<'static>>,
}

/// The mail, when it is there in time. It takes room as it comes: what a request only announces takes none.
pub async fn read(body: Body, within: Duration) -> Result<Held> {
    let late = |_| unavailable("mail_slow", "The mail did not arrive in time. Bring it again.");
    timeout(within, grow(body)).await.map_err(late)?
}

async fn grow(mut body: Body) -> Result<Held> {
    let mut held = Held { mail: Vec::new(), room: None };
    while let Some(frame) = body.frame().await {
        let broken = |e| invalid("mail_broken", "The mail did not arrive whole.").because(e);
        let Ok(data) = frame.map_err(broken)?.into_data() else { continue };
        let size = held.mail.len() + data.len();
        if size > MOST_BYTES {
            return Err(invalid("mail_too_large", "This mail is larger than 40 MB."));
        }
        while held.room.as_ref().map_or(0, SemaphorePermit::num_permits) * PIECE < size {
            held.make_room().await?;
        }
        held.mail.extend_from_slice(&data);
    }
    Ok(held)
}

impl Held {
    async fn make_room(&mut self) -> Result<()> {
        let piece = timeout(PATIENCE, ROOM.acquire()).await.ok().and_then(|piece| piece.ok());
        let piece = piece.ok_or_else(|| {
            unavailable("mails_wait", "Too many mails are being handed in at once. Bring it again soon.")
        })?;
        self.mail.reserve_exact(PIECE);
        match &mut self.room {
            Some(room) => room.merge(piece),
            None => self.room = Some(piece),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_that_never_ends_is_given_up() {
        let body = Body::from_stream(futures_util::stream::pending::<std::io::Result<Vec<u8>>>());
        assert_eq!(read(body, Duration::from_millis(20)).await.expect_err("late").code, "mail_slow");
    }

    #[tokio::test]
    async fn a_mail_takes_room_for_what_is_there_of_it() {
        for (size, pieces) in [(0, 0), (1, 1), (PIECE, 1), (PIECE + 1, 2), (MOST_BYTES, 40)] {
            let held = read(Body::from(vec![b'x'; size]), WITHIN).await.expect("read");
            let taken = held.room.as_ref().map_or(0, SemaphorePermit::num_permits);
            assert_eq!((held.mail.len(), taken), (size, pieces));
        }
        let larger = read(Body::from(vec![b'x'; MOST_BYTES + 1]), WITHIN).await.expect_err("refused");
        assert_eq!(larger.code, "mail_too_large");
    }
}
