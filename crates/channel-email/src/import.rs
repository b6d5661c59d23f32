//! Takes mail of an archive: every mail once, as solved history, with nobody told.

use std::sync::Arc;

use base::Result;
use base::error::not_found;
use conversations::channel::Arrival;
use journal::{Caller, Cx, Workspace};
use serde::{Deserialize, Serialize};

use crate::filing::{Packed, pack, put_down};
use crate::jobs::Origin;
use crate::model::{MOST_BYTES, Mailbox, base_address};
use crate::store::{find_mailbox, list_mailboxes};
use crate::store_history::{count_queued, insert_imported};

/// What became of some mails of an archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    pub taken: u64,
    /// They were imported before.
    pub known: u64,
}

struct Row {
    mark: [u8; 32],
    mail: Packed,
    authors: Vec<String>,
}

/// On disk when this answers: an import that is broken off goes on where it was.
pub async fn import(house: &Arc<Workspace>, address: &str, mails: Vec<Vec<u8>>) -> Result<Imported> {
    let mailbox = mailbox(house, address).await?;
    let mut rows = Vec::with_capacity(mails.len());
    for raw in mails {
        rows.push(row(house, raw).await?);
    }
    let rows = Arc::new(rows);
    house
        .write(Caller::system(), move |cx| {
            let own: Vec<String> =
                list_mailboxes(cx)?.iter().map(|each| base::text::fold(&each.address)).collect();
            let mut done = Imported::default();
            for row in rows.iter() {
                match put(cx, &mailbox, &own, row)? {
                    true => done.taken += 1,
                    false => done.known += 1,
                }
            }
            Ok(done)
        })
        .await
}

/// Imported mails that are still to be filed.
pub async fn unfiled(house: &Arc<Workspace>, address: &str) -> Result<i64> {
    let mailbox = mailbox(house, address).await?;
    house.read(Caller::system(), move |cx| count_queued(cx, mailbox.id)).await
}

async fn mailbox(house: &Arc<Workspace>, address: &str) -> Result<Mailbox> {
    let folded = base::text::fold(address.trim());
    let found = house.read(Caller::system(), move |cx| find_mailbox(cx, &folded)).await?;
    found.ok_or_else(|| not_found("mailbox_not_found"))
}

async fn row(house: &Arc<Workspace>, raw: Vec<u8>) -> Result<Row> {
    let too_large = raw.len() > MOST_BYTES;
    let mark = mime::content_hash(&raw);
    let head = mime::read(header_of(&raw), &mime::Limits::default());
    let authors = head.from.into_iter().map(|from| base_address(&from.email)).collect();
    let raw = if too_large { header_of(&raw).to_vec() } else { raw };
    Ok(Row { mark, mail: pack(house, raw, too_large).await?, authors })
}

fn put(cx: &mut Cx<'_, '_>, mailbox: &Mailbox, own: &[String], row: &Row) -> Result<bool> {
    if !insert_imported(cx, mailbox.id, &row.mark)? {
        return Ok(false);
    }
    // Archives hold both sides: what one of us wrote is an answer.
    let sent = !row.authors.is_empty() && row.authors.iter().all(|author| own.contains(author));
    let origin = Origin { arrival: Arrival::History, sent };
    put_down(cx, (mailbox.id, &mailbox.address), &row.mail, origin)?;
    Ok(true)
}

/// Up to the empty line behind the last field.
fn header_of(raw: &[u8]) -> &[u8] {
    let ends = |two: &[u8]| two == b"\n\n";
    let end = raw.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4);
    let end = end.or_else(|| raw.windows(2).position(ends).map(|at| at + 2));
    &raw[..end.unwrap_or(raw.len())]
}
