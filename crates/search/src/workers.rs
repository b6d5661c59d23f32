//! Indexing: what waits is read and cut into words outside of the write, then stored in batches.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use base::Result;
use journal::{Caller, Cx, JobRun, Sweep, Worker, Workspace};

use crate::jobs::{Index, Rebuild};
use crate::model::Entry;
use crate::model::query::kind_word;
use crate::model::tokens::{MOST_TOKENS, join, tokens};
use crate::sockets::Sources;
use crate::store::{self as rows, Kept, Waiting};

const BATCH: i64 = 200;
/// From so many entries on, the next look waits until more have gathered: FTS5 stores 200 entries in
/// one transaction ten times cheaper than each in its own (measured in the decision on storage).
const BUSY: usize = 8;
const GATHER: Duration = Duration::from_millis(100);

pub(crate) fn worker() -> Worker {
    Worker::new(index)
}

/// Rows asked for in one step of making the index anew.
const REBUILT_AT_ONCE: i64 = 150;

pub(crate) fn rebuilder() -> Worker {
    Worker::new(rebuild)
}

/// One step at a time, each in a transaction with its slip: a crash loses no row and doubles no work.
async fn rebuild(house: Arc<Workspace>, slip: Rebuild, run: JobRun) -> Result<()> {
    house
        .write(Caller::system(), move |cx| {
            run.finish(cx)?;
            let registry = cx.registry();
            let source = registry.socket::<Sources>().and_then(|sources| sources.of(&slip.kind));
            let Some(source) = source else { return Ok(()) };
            let ids = source.ids_after(cx, slip.after, REBUILT_AT_ONCE)?;
            for id in &ids {
                rows::insert_waiting(cx, source.kind(), *id)?;
            }
            let Some(after) = ids.last().copied() else { return Ok(()) };
            cx.later(&Index {})?;
            cx.later(&Rebuild { kind: slip.kind.clone(), after })
        })
        .await
}

/// Wakes the indexing when a wake-up was lost: on PostgreSQL a request may be committed in the moment
/// in which the job ends.
pub(crate) fn sweep() -> Sweep {
    Sweep::new("search.wake", 10, |house| async move {
        let waits = house.read(Caller::system(), rows::has_waiting).await?;
        if waits {
            house.write(Caller::system(), |cx| cx.later(&Index {})).await?;
        }
        Ok(())
    })
}

async fn index(house: Arc<Workspace>, _slip: Index, run: JobRun) -> Result<()> {
    loop {
        let batch = house.read(Caller::system(), Batch::read).await?;
        let count = batch.waiting.len();
        let slip = run.clone();
        let ended = house
            .write(Caller::system(), move |cx| {
                slip.renew(cx, 60)?;
                batch.write(cx)?;
                let ended = !rows::has_waiting(cx)?;
                if ended && count < BUSY {
                    slip.finish(cx)?;
                }
                Ok(ended)
            })
            .await?;
        match ended {
            true if count < BUSY => return Ok(()),
            true => tokio::time::sleep(GATHER).await,
            false => {}
        }
    }
}

/// Requests with the words that are to be stored for them.
struct Batch {
    waiting: Vec<Waiting>,
    kept: Vec<Kept>,
}

impl Batch {
    fn read(cx: &mut Cx<'_, '_>) -> Result<Batch> {
        let waiting = rows::list_waiting(cx, BATCH)?;
        let mut kinds: BTreeMap<&str, BTreeSet<i64>> = BTreeMap::new();
        for one in &waiting {
            kinds.entry(&one.kind).or_default().insert(one.entry);
        }
        let registry = cx.registry();
        let mut kept = Vec::new();
        for (kind, ids) in kinds {
            let Some(source) = registry.socket::<Sources>().and_then(|sources| sources.of(kind)) else {
                continue;
            };
            let ids: Vec<i64> = ids.into_iter().collect();
            kept.extend(source.load(cx, &ids)?.iter().map(|entry| keep(kind, entry)));
        }
        Ok(Batch { waiting, kept })
    }

    /// What was asked for again meanwhile is left to the newer request: this reading may be older than
    /// a redaction.
    fn write(&self, cx: &mut Cx<'_, '_>) -> Result<()> {
        let ids: Vec<i64> = self.waiting.iter().map(|one| one.id).collect();
        rows::delete_waiting(cx, &ids)?;
        let entries: BTreeSet<i64> = self.waiting.iter().map(|one| one.entry).collect();
        let entries: Vec<i64> = entries.into_iter().collect();
        let newer = rows::list_waiting_among(cx, &entries)?;
        for id in entries.iter().filter(|id| !newer.contains(id)) {
            rows::delete_entry(cx, *id)?;
        }
        for kept in self.kept.iter().filter(|kept| !newer.contains(&kept.id)) {
            rows::insert_entry(cx, kept)?;
        }
        Ok(())
    }
}

fn keep(kind: &str, entry: &Entry) -> Kept {
    let folded = words(kind, entry);
    Kept { id: entry.id, kind: kind.to_owned(), parent: entry.parent, at: entry.at, folded }
}

/// PostgreSQL keeps at most 1,048,575 bytes of words and their places in one entry, and refuses more. Beside
/// a word stand its chapter and place; counted as if no word came twice.
const MOST_BYTES: usize = 1_000_000;
const BESIDE_A_WORD: usize = 16;

/// The folded words under which an entry is found, as they are stored.
pub fn words(kind: &str, entry: &Entry) -> String {
    let mut found = tokens(&entry.title, MOST_TOKENS);
    found.extend(tokens(&entry.text, MOST_TOKENS - found.len()));
    let mut bytes = 0;
    found.retain(|token| {
        bytes += token.folded.len() + BESIDE_A_WORD;
        bytes <= MOST_BYTES
    });
    format!("{} {}", kind_word(kind), join(&found))
}
