//! Puts fetched mail down: bytes, the slip that reads them and how far was fetched, all in one transaction.

use std::sync::Arc;

use base::{Result, Time};
use conversations::channel::Arrival;
use journal::{Caller, Cx, JobRun, Workspace};
use serde_json::json;

use super::round::written;
use super::source::{FolderId, State};
use super::store;
use crate::jobs::{FileHistory, Origin, ReadMail};
use crate::mailroom::blob_of;
use crate::model::{MOST_IN_ROW, MailboxId, Raw};
use crate::store::insert_raw;
use crate::store_history::{Queued, insert_queued};

/// A round puts something down at least this often; after so long without, another may take over.
pub const LEASE_SECONDS: i64 = 900;

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
    raw: Vec<u8>,
    blob: Option<String>,
    slip: Origin,
    too_large: bool,
    /// What orders mail of earlier days.
    written_at: Option<Time>,
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
        let blob = match mail.raw.len() > MOST_IN_ROW {
            true => Some(blob_of(house, &mail.raw).await?),
            false => None,
        };
        let mark = mime::content_hash(&mail.raw);
        let slip = Origin { arrival: mail.arrival, sent: shelf.sent };
        let written_at = written(&mail.raw).or(mail.received);
        let (remote, raw, too_large) = (mail.remote, mail.raw, mail.too_large);
        rows.push(Row { remote, mark, raw, blob, slip, too_large, written_at });
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
    let raw = Raw {
        id: cx.new_id(),
        sender: String::new(),
        recipients: json!([shelf.address]),
        size: i64::try_from(row.raw.len()).unwrap_or(i64::MAX),
        content: row.blob.is_none().then(|| row.raw.clone()),
        blob: row.blob.clone(),
        received_at: cx.now(),
    };
    insert_raw(cx, &raw)?;
    match row.slip.arrival {
        Arrival::History => {
            let (id, mailbox_id, raw_id) = (cx.new_id(), shelf.mailbox, raw.id);
            let (written_at, sent, too_large) =
                (row.written_at.unwrap_or(cx.now()), shelf.sent, row.too_large);
            insert_queued(cx, &Queued { id, mailbox_id, raw_id, written_at, sent, too_large })?;
            cx.later(&FileHistory { mailbox: shelf.mailbox })?;
        }
        Arrival::Live | Arrival::Quiet => {
            let slip = ReadMail { raw: raw.id, released: false, origin: row.slip, too_large: row.too_large };
            cx.later(&slip)?;
        }
    }
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
