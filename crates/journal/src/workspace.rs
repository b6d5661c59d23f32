//! A workspace: its database, its blobs, its clock and what can be done in it.

use std::ops::Deref;
use std::sync::Arc;

use ::store::blobs::Blobs;
use ::store::{Db, Tx};
use base::{Clock, IdSource, Result, Secrets};
use serde::Serialize;

use crate::action::Action;
use crate::caller::Caller;
use crate::cx::Cx;
use crate::event::Event;
use crate::registry::Registry;
use crate::store::{self as rows, ParkedJob};
use crate::{idempotency, undo};

/// What everybody in a workspace shares. Made once, behind an [`Arc`].
pub struct Workspace {
    pub db: Db,
    pub blobs: Blobs,
    core: Arc<Core>,
}

/// The part that transactions need, on whatever thread they run.
pub struct Core {
    pub name: String,
    pub clock: Clock,
    pub ids: IdSource,
    /// The node's lease under which this process takes jobs; see [`NodeLease`](crate::lease::NodeLease).
    pub holder: String,
    pub secrets: Secrets,
    pub registry: Arc<Registry>,
    pub public_url: String,
}

impl Deref for Workspace {
    type Target = Core;
    fn deref(&self) -> &Core {
        &self.core
    }
}

/// A client's key for a creating request, with the hash of its body.
#[derive(Clone, Debug)]
pub struct Key {
    pub key: String,
    pub body_hash: Vec<u8>,
}

impl Key {
    /// `body` is the request as it came; another body under the same key is refused.
    pub fn new(key: impl Into<String>, body: &[u8]) -> Key {
        Key { key: key.into(), body_hash: base::secrets::sha256(body).to_vec() }
    }
}

/// An action's answer, with the record by which it can be undone.
#[derive(Clone, Debug, Serialize)]
pub struct Acted<T> {
    pub output: T,
    pub undo: Option<i64>,
}

impl Workspace {
    pub fn new(db: Db, blobs: Blobs, core: Core) -> Arc<Workspace> {
        Arc::new(Workspace { db, blobs, core: Arc::new(core) })
    }

    /// One durable transaction; see [`Db::write`].
    pub async fn write<T: Send + 'static>(
        &self,
        caller: Caller,
        body: impl Fn(&mut Cx<'_, '_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let core = self.core.clone();
        self.db.write(move |tx| body(&mut Cx::new(tx, &core, caller.clone()))).await
    }

    /// As [`Workspace::write`] for work that an earlier event or job led to.
    pub async fn write_caused<T: Send + 'static>(
        &self,
        caller: Caller,
        cause: Option<String>,
        depth: i64,
        body: impl Fn(&mut Cx<'_, '_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let core = self.core.clone();
        let write = move |tx: &mut Tx<'_>| {
            let cx = Cx::new(tx, &core, caller.clone());
            match &cause {
                Some(cause) => body(&mut cx.caused(cause.clone(), depth)),
                None => body(&mut { cx }),
            }
        };
        self.db.write(write).await
    }

    pub async fn read<T: Send + 'static>(
        &self,
        caller: Caller,
        body: impl Fn(&mut Cx<'_, '_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let core = self.core.clone();
        self.db.read(move |tx| body(&mut Cx::new(tx, &core, caller.clone()))).await
    }

    /// As [`Workspace::read`], on the slow lane.
    pub async fn report<T: Send + 'static>(
        &self,
        caller: Caller,
        body: impl Fn(&mut Cx<'_, '_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let core = self.core.clone();
        self.db.report(move |tx| body(&mut Cx::new(tx, &core, caller.clone()))).await
    }

    /// Runs an action: permission, preparation, then one transaction with its events, its undo record
    /// and its idempotency key.
    pub async fn act<A: Action>(
        self: &Arc<Self>,
        caller: Caller,
        key: Option<Key>,
        mut input: A::Input,
    ) -> Result<Acted<A::Output>> {
        caller.must(A::GRANT)?;
        A::prepare(self, &mut input).await?;
        self.write(caller, move |cx| {
            if let Some(key) = &key
                && let Some(earlier) = idempotency::find(cx, key)?
            {
                return Ok(earlier);
            }
            let output = cx.call::<A>(&input)?;
            let steps = cx.take_undo();
            let undo = match steps.is_empty() {
                true => None,
                false => Some(rows::insert_undo(cx, A::NAME, &steps)?),
            };
            let acted = Acted { output, undo };
            if let Some(key) = &key {
                idempotency::keep(cx, key, &acted)?;
            }
            Ok(acted)
        })
        .await
    }

    /// Takes back what an action did, as the one who did it.
    pub async fn undo(&self, caller: Caller, id: i64) -> Result<()> {
        self.write(caller, move |cx| undo::undo(cx, id)).await
    }

    /// The next events after `seq`, for readers that follow the journal.
    pub async fn events_after(&self, seq: i64, limit: i64) -> Result<Vec<Event>> {
        self.db.read(move |tx| rows::list_events(tx, seq, limit)).await
    }

    pub async fn last_seq(&self) -> Result<i64> {
        self.db.read(rows::last_seq).await
    }

    /// Jobs that nobody could do, newest first.
    pub async fn parked_jobs(&self, before: i64, limit: i64) -> Result<Vec<ParkedJob>> {
        self.db.read(move |tx| rows::list_parked(tx, before, limit)).await
    }

    pub async fn retry_parked_job(&self, id: i64) -> Result<()> {
        let now = self.clock.now();
        self.db
            .write(move |tx| {
                tx.ring();
                rows::set_unparked(tx, id, now)
            })
            .await
    }

    /// How many events each reaction has still to hear.
    pub async fn lag(&self) -> Result<Vec<(&'static str, i64)>> {
        let names: Vec<&'static str> = self.registry.reactions.iter().map(|r| r.name).collect();
        self.db
            .read(move |tx| {
                let last = rows::last_seq(tx)?;
                names.iter().map(|n| Ok((*n, last - rows::find_cursor(tx, n)?.unwrap_or(last)))).collect()
            })
            .await
    }
}

/// The history of one subject, newest first, for screens; `before` is an event's id.
pub fn history(
    cx: &mut Cx<'_, '_>,
    subject: &str,
    subject_id: i64,
    before: i64,
    limit: i64,
) -> Result<Vec<Event>> {
    rows::list_history(cx, subject, subject_id, before, limit)
}
