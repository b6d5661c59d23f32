//! Puts fetched mail down: bytes, the slip that reads them and how far was fetched, all in one transaction.

use std::sync::Arc;

use base::{Result, Time};
use conversations::channel::Arrival;
use journal::{Caller, Cx, JobRun, Workspace};

use super::round::LEASE_SECONDS;
use super::source::{FolderId, State};
use super::store;
use crate::filing::{Packed, pack, put_down};
use crate::jobs::Origin;
use crate::model::MailboxId;

/// A mail that came over the wire.
pub struct Came {
    /// Its name on the server: the UID, or what POP3 calls unique.
    pub remote: String,
    pub raw: Vec<u8>,
    pub received: Option<Time>,
    pub arrival: Arrival,
    /// Only its header was fetched, since it is larger than what is taken.
    pub too_large: bool,
}

/// For whom mail is put down.
#[derive(Clone)]
pub struct Shelf {
    pub mailbox: MailboxId,
    pub address: String,
    pub folder: FolderId,
    pub epoch: i64,
    /// The folder of sent mail.
    pub sent: bool,
    /// Mails that were taken come again under other names.
    pub resync: bool,
}

struct Row {
    remote: String,
    mark: [u8; 32],
    mail: Packed,
    origin: Origin,
}

/// On disk when this answers. `cursor` moves in the same transaction; a round that lost its lease to
/// another is refused, so that no two put down the same mail.
pub async fn keep(
    house: &Arc<Workspace>,
    run: &JobRun,
    shelf: &Shelf,
    came: Vec<Came>,
    (cursor, waiting): (Option<i64>, i64),
) -> Result<()> {
    let newest = came.iter().filter_map(|mail| mail.received).max();
    let mut rows = Vec::with_capacity(came.len());
    for mail in came {
        let mark = mime::content_hash(&mail.raw);
        let origin = Origin { arrival: mail.arrival, sent: shelf.sent };
        let packed = pack(house, mail.raw, mail.too_large).await?;
        rows.push(Row { remote: mail.remote, mark, mail: packed, origin });
    }
    let (run, shelf, rows) = (run.clone(), shelf.clone(), Arc::new(rows));
    house
        .write(Caller::system(), move |cx| {
            run.renew(cx, LEASE_SECONDS)?;
            for row in rows.iter() {
                put(cx, &shelf, row)?;
            }
            if let Some(cursor) = cursor {
                store::set_cursor(cx, shelf.folder, cursor)?;
            }
            if let Some(newest) = newest {
                store::set_newest(cx, shelf.mailbox, newest, waiting)?;
            }
            Ok(())
        })
        .await
}

fn put(cx: &mut Cx<'_, '_>, shelf: &Shelf, row: &Row) -> Result<()> {
    let at = (shelf.folder, shelf.epoch, row.remote.as_str());
    if store::is_done(cx, shelf.folder, shelf.epoch, &row.remote)? {
        return Ok(());
    }
    if shelf.resync && store::has_mark(cx, shelf.folder, &row.mark)? {
        return store::put_fetched(cx, at, State::Known, None, None);
    }
    put_down(cx, (shelf.mailbox, &shelf.address), &row.mail, row.origin)?;
    store::put_fetched(cx, at, State::Taken, Some(&row.mark), None)
}

/// Why a mail could not be fetched; it is tried again, and everything behind it goes on.
pub async fn park(
    house: &Arc<Workspace>,
    run: &JobRun,
    shelf: &Shelf,
    remote: String,
    cause: String,
    cursor: Option<i64>,
) -> Result<()> {
    let (run, shelf) = (run.clone(), shelf.clone());
    house
        .write(Caller::system(), move |cx| {
            run.renew(cx, LEASE_SECONDS)?;
            let at = (shelf.folder, shelf.epoch, remote.as_str());
            store::put_fetched(cx, at, State::Parked, None, Some(&cause))?;
            match cursor {
                Some(cursor) => store::set_cursor(cx, shelf.folder, cursor),
                None => Ok(()),
            }
        })
        .await
}
