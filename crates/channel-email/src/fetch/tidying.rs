//! What happens on the server to mails that were fetched: only what the administrator has chosen.

use base::Result;
use journal::Caller;

use super::imap::Imap;
use super::round::Ground;
use super::source::{Afterwards, FolderId, Source};
use super::store;

const DAY_SECONDS: i64 = 86_400;
const MOST_AT_ONCE: i64 = 200;

/// Whether a folder has to be opened for changes from the beginning.
pub fn changes_at_once(source: &Source) -> bool {
    matches!(source.afterwards, Afterwards::Seen | Afterwards::Move)
}

/// Right after mails were put down. What fails here is done again by nobody: the mail is here.
pub async fn at_once(source: &Source, imap: &mut Imap, uids: &[i64]) -> Result<()> {
    match (source.afterwards, &source.move_to) {
        (Afterwards::Seen, _) => imap.mark_seen(uids).await,
        (Afterwards::Move, Some(folder)) => imap.move_to(uids, folder).await,
        _ => Ok(()),
    }
}

/// Deletes mails whose time on the server is over.
pub async fn clear(
    ground: &Ground<'_>,
    imap: &mut Imap,
    name: &str,
    (folder, epoch): (FolderId, i64),
) -> Result<()> {
    if ground.source.afterwards != Afterwards::Delete {
        return Ok(());
    }
    let before = ground.house.clock.now().plus_seconds(-ground.source.keep_days * DAY_SECONDS);
    loop {
        let due = ground.due(folder, epoch, before, MOST_AT_ONCE).await?;
        if due.is_empty() {
            return Ok(());
        }
        let uids: Vec<i64> = due.iter().filter_map(|mail| mail.remote.parse().ok()).collect();
        imap.select(name, true).await?;
        imap.delete(&uids).await?;
        let ids: Vec<_> = due.into_iter().map(|mail| mail.id).collect();
        ground.house.write(Caller::system(), move |cx| store::set_cleared(cx, &ids)).await?;
    }
}
