//! Blobs that nothing names any more, and the names under which new ones are kept.
//!
//! The sweep walks over all blobs and writes down those that no row names. One that still has no name a
//! day later is removed. While a key is written down, nobody stores anything under it: the same content
//! then gets another key. So a blob that is stored now is never one that the sweep is about to remove:
//! its key would have to be seen without a name first, and a day has to pass from then.

use std::sync::Arc;
use std::time::{Duration, Instant};

use base::Result;
use base::secrets::new_token;

use crate::caller::Caller;
use crate::cx::Cx;
use crate::store::blobs as rows;
use crate::workspace::Workspace;

/// How long a blob goes without a name before it is removed.
const NAMELESS_SECONDS: i64 = 24 * 3600;
/// A removal that was begun so long ago was begun by somebody who is gone.
const REMOVED_WITHIN_SECONDS: i64 = 3600;
const KEYS_AT_ONCE: usize = 500;
const REMOVED_AT_ONCE: i64 = 100;
/// Shorter than the lease of a sweep; the next one goes on where this one ends.
const LONGEST_RUN: Duration = Duration::from_secs(40);

/// Answers for some blobs: those that its crate's tables name.
#[derive(Clone, Copy)]
pub struct Namer {
    /// Whether blobs with this key are named by this crate. Keys that nobody covers are left alone.
    pub covers: fn(&str) -> bool,
    /// Which of these keys rows name at present.
    pub named: fn(&mut Cx<'_, '_>, &[String]) -> Result<Vec<String>>,
}

/// The socket in the registry: `registry.fill::<Namers>().add(…)`, by everybody who keeps blobs.
#[derive(Default)]
pub struct Namers(Vec<Namer>);

impl Namers {
    pub fn add(&mut self, namer: Namer) {
        self.0.push(namer);
    }

    fn cover(&self, key: &str) -> bool {
        self.0.iter().any(|namer| (namer.covers)(key))
    }

    fn named(&self, cx: &mut Cx<'_, '_>, keys: &[String]) -> Result<Vec<String>> {
        let mut named = Vec::new();
        for namer in &self.0 {
            named.extend((namer.named)(cx, keys)?);
        }
        Ok(named)
    }
}

impl Workspace {
    /// Stores bytes; answers the key under which they lie, which is the wanted one unless that is about
    /// to be removed. A row has to name it within a day.
    pub async fn keep_blob(&self, wanted: &str, bytes: Vec<u8>) -> Result<String> {
        let key = self.blob_key(wanted).await?;
        self.blobs.put(&key, bytes).await?;
        Ok(key)
    }

    /// The key for a blob that is about to be stored. To be asked before it is stored, not after.
    pub async fn blob_key(&self, wanted: &str) -> Result<String> {
        let key = wanted.to_owned();
        match self.db.read(move |tx| rows::is_unnamed(tx, &key)).await? {
            true => Ok(format!("{wanted}.{}", &new_token()[..8])),
            false => Ok(wanted.to_owned()),
        }
    }

    /// Holds the sweep back, for a backup that takes the database first and then the blobs. Again under
    /// the same name prolongs it; it ends by itself when whoever asked does not come back.
    pub async fn pause_blob_sweep(&self, holder: &str, seconds: i64) -> Result<()> {
        let (holder, until) = (holder.to_owned(), self.clock.now().plus_seconds(seconds));
        self.db.write(move |tx| rows::set_pause(tx, &holder, until)).await
    }

    pub async fn resume_blob_sweep(&self, holder: &str) -> Result<()> {
        let holder = holder.to_owned();
        self.db.write(move |tx| rows::delete_pause(tx, &holder)).await
    }
}

/// One run of the sweep: looks on, then removes what has been without a name for a day.
pub(crate) async fn sweep(house: Arc<Workspace>) -> Result<()> {
    let began = Instant::now();
    let now = house.clock.now();
    if house.registry().socket::<Namers>().is_none()
        || house.db.write(move |tx| rows::is_paused(tx, now)).await?
    {
        return Ok(());
    }
    while began.elapsed() < LONGEST_RUN / 2 && look_on(&house).await? {}
    while began.elapsed() < LONGEST_RUN && remove_some(&house).await? {}
    Ok(())
}

/// Looks at the next keys; answers whether there are more in this round.
async fn look_on(house: &Arc<Workspace>) -> Result<bool> {
    let reached = house.db.read(rows::reached).await?;
    let keys = house.blobs.keys_after(&reached, KEYS_AT_ONCE).await?;
    let more = keys.len() == KEYS_AT_ONCE;
    let last = if more { keys.last().cloned().unwrap_or_default() } else { String::new() };
    let registry = house.registry();
    let look = move |cx: &mut Cx<'_, '_>| {
        let Some(namers) = registry.socket::<Namers>() else { return Ok((Vec::new(), Vec::new())) };
        let keys: Vec<String> = keys.iter().filter(|key| namers.cover(key)).cloned().collect();
        let named = namers.named(cx, &keys)?;
        let known = rows::list_known(cx, &keys)?;
        let fresh = keys.into_iter().filter(|key| !named.contains(key) && !known.contains(key));
        let fresh: Vec<String> = fresh.collect();
        let found = known.into_iter().filter(|key| named.contains(key)).collect();
        Ok((fresh, found))
    };
    let (fresh, found): (Vec<String>, Vec<String>) = house.read(Caller::system(), look).await?;
    if fresh.is_empty() && found.is_empty() && reached == last {
        return Ok(false);
    }
    let write = move |cx: &mut Cx<'_, '_>| {
        let now = cx.now();
        rows::insert_unnamed(cx, &fresh, now)?;
        rows::delete_found(cx, &found)?;
        rows::set_reached(cx, &last)
    };
    house.write(Caller::system(), write).await?;
    Ok(more)
}

/// Answers whether there may be more to remove.
async fn remove_some(house: &Arc<Workspace>) -> Result<bool> {
    let registry = house.registry();
    let claim = move |cx: &mut Cx<'_, '_>| {
        let now = cx.now();
        let Some(namers) = registry.socket::<Namers>() else { return Ok(Vec::new()) };
        if rows::is_paused(cx, now)? {
            return Ok(Vec::new());
        }
        let (before, gone) = (now.plus_seconds(-NAMELESS_SECONDS), now.plus_seconds(-REMOVED_WITHIN_SECONDS));
        let due = rows::list_due(cx, before, gone, REMOVED_AT_ONCE)?;
        // A name came meanwhile: the blob stays.
        let named = namers.named(cx, &due)?;
        rows::delete_known(cx, &named)?;
        let condemned = due.into_iter().filter(|key| !named.contains(key) && namers.cover(key));
        let condemned: Vec<String> = condemned.collect();
        rows::set_removing(cx, &condemned, now)?;
        Ok(condemned)
    };
    let condemned = house.write(Caller::system(), claim).await?;
    let more = condemned.len() as i64 == REMOVED_AT_ONCE;
    for key in &condemned {
        house.blobs.remove(key).await?;
    }
    if !condemned.is_empty() {
        tracing::info!(workspace = house.name, count = condemned.len(), "blobs without a name were removed");
        house.db.write(move |tx| rows::delete_known(tx, &condemned)).await?;
    }
    Ok(more)
}
