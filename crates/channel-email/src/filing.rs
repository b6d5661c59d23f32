//! Puts a mail down that has no envelope: its bytes, and the slip or the place in the queue by which it is read.

use std::sync::Arc;

use base::{Result, Time};
use conversations::channel::Arrival;
use journal::{Cx, Workspace};
use serde_json::json;

use crate::jobs::{FileHistory, Origin, ReadMail};
use crate::mailroom::blob_of;
use crate::model::{MOST_IN_ROW, MailboxId, Raw, written};
use crate::store::insert_raw;
use crate::store_history::{Queued, insert_queued};

/// A mail whose large bytes are on disk already.
pub struct Packed {
    pub raw: Vec<u8>,
    blob: Option<String>,
    written_at: Option<Time>,
    /// Only its header is there: the rest was larger than what is taken.
    pub too_large: bool,
}

/// Large bytes go to the blobs first, so that the row never names what is not there.
pub async fn pack(house: &Arc<Workspace>, raw: Vec<u8>, too_large: bool) -> Result<Packed> {
    let blob = match raw.len() > MOST_IN_ROW {
        true => Some(blob_of(house, &raw).await?),
        false => None,
    };
    let written_at = written(&raw);
    Ok(Packed { raw, blob, written_at, too_large })
}

/// Mail of earlier days waits in its queue, in the order in which it was written.
pub fn put_down(
    cx: &mut Cx<'_, '_>,
    (mailbox, address): (MailboxId, &str),
    packed: &Packed,
    origin: Origin,
) -> Result<()> {
    let raw = Raw {
        id: cx.new_id(),
        sender: String::new(),
        recipients: json!([address]),
        size: i64::try_from(packed.raw.len()).unwrap_or(i64::MAX),
        content: packed.blob.is_none().then(|| packed.raw.clone()),
        blob: packed.blob.clone(),
        received_at: cx.now(),
    };
    insert_raw(cx, &raw)?;
    let too_large = packed.too_large;
    if origin.arrival != Arrival::History {
        return cx.later(&ReadMail { raw: raw.id, released: false, origin, too_large });
    }
    let (id, mailbox_id, raw_id, sent) = (cx.new_id(), mailbox, raw.id, origin.sent);
    let written_at = packed.written_at.unwrap_or(cx.now());
    insert_queued(cx, &Queued { id, mailbox_id, raw_id, written_at, sent, too_large })?;
    cx.later(&FileHistory { mailbox })
}
