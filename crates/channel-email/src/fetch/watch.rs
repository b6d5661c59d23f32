//! Waits at a mailbox for news (IDLE, RFC 2177), so that mail comes in within a second.
//!
//! Fetching is done by the slip alone; whoever waits only makes its time come. So two nodes that wait at
//! the same mailbox, or none, change nothing but how soon.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use base::Result;
use journal::{Caller, Workspace};
use tokio::task::AbortHandle;

use super::imap::Imap;
use super::round::Ground;
use super::store;
use crate::jobs::Fetch;
use crate::model::MailboxId;

/// Servers may end a wait of half an hour (RFC 2177), so it is begun anew before.
const LONGEST_WAIT: Duration = Duration::from_secs(25 * 60);

const HURRIES: usize = 60;
const HURRY_PAUSE: Duration = Duration::from_millis(500);

/// Who waits in this process, by workspace and mailbox. Filled into the registry, so that it ends with the house.
#[derive(Clone, Default)]
pub struct Watches(Arc<Mutex<HashMap<(String, MailboxId), AbortHandle>>>);

/// How soon the next round has to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ahead {
    /// The server tells when there is something new.
    Told,
    /// Only looking shows whether there is something new.
    Untold,
    /// There is something new already.
    Now,
}

/// Keeps the connection and waits with it, when the server can tell of news.
pub async fn begin(ground: &Ground<'_>, mut imap: Imap) -> Result<Ahead> {
    let house = ground.house;
    let watches = house.registry().socket::<Watches>().cloned();
    let inbox = ground.source.folders().into_iter().next();
    let (true, Some(watches), Some(inbox)) = (imap.idles(), watches, inbox) else {
        imap.leave().await;
        return Ok(Ahead::Untold);
    };
    let opened = imap.select(&inbox, false).await?;
    let mailbox = ground.source.mailbox_id;
    let known = house.read(Caller::system(), move |cx| store::find_folder(cx, mailbox, &inbox)).await?;
    if known.is_none_or(|known| known.epoch != opened.epoch || known.last_uid < opened.next - 1) {
        imap.leave().await;
        return Ok(Ahead::Now);
    }
    let waiting = tokio::spawn(wait(Arc::downgrade(house), mailbox, imap));
    watches.set((house.name.clone(), mailbox), waiting.abort_handle());
    Ok(Ahead::Told)
}

impl Watches {
    fn set(&self, mailbox: (String, MailboxId), waiting: AbortHandle) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(earlier) = all.insert(mailbox, waiting) {
            earlier.abort();
        }
    }
}

/// Nobody waits at this mailbox any more.
pub fn end(house: &Workspace, mailbox: MailboxId) {
    let Some(watches) = house.registry().socket::<Watches>().cloned() else { return };
    let mut all = watches.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(waiting) = all.remove(&(house.name.clone(), mailbox)) {
        waiting.abort();
    }
}

impl Drop for Watches {
    fn drop(&mut self) {
        // The last handle goes with the registry.
        if Arc::strong_count(&self.0) == 1 {
            let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            all.values().for_each(AbortHandle::abort);
        }
    }
}

/// Until something new is there, the connection breaks or the workspace is closed.
async fn wait(house: Weak<Workspace>, mailbox: MailboxId, mut imap: Imap) {
    loop {
        match imap.wait(LONGEST_WAIT).await {
            Ok((again, false)) => imap = again,
            Ok((done, true)) => {
                let heard = hurry(&house, mailbox).await;
                if let Err(e) = heard {
                    tracing::warn!(error = ?e, "a mailbox with news could not be put down for fetching");
                }
                return done.leave().await;
            }
            Err(_) => return,
        }
    }
}

/// The slip's time is now; one that is under way may have looked before the news came.
async fn hurry(house: &Weak<Workspace>, mailbox: MailboxId) -> Result<()> {
    for _ in 0..HURRIES {
        let Some(house) = house.upgrade() else { return Ok(()) };
        let due = house.write(Caller::system(), move |cx| cx.sooner(&Fetch { mailbox })).await?;
        drop(house);
        if due {
            return Ok(());
        }
        tokio::time::sleep(HURRY_PAUSE).await;
    }
    Ok(())
}
