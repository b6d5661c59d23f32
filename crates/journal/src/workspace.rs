//! A workspace: its database, its blobs, its clock and what can be done in it.

use std::ops::Deref;
use std::sync::Arc;

use ::store::blobs::Blobs;
use ::store::{Db, Tx};
use base::Result;
use serde::Serialize;

use crate::caller::Caller;
use crate::cx::{Core, Cx};
use crate::event::{Event, Note};
use crate::store::events;
use crate::store::jobs::{self, ParkedJob};

/// What everybody in a workspace shares. Made once, behind an [`Arc`].
pub struct Workspace {
    pub db: Db,
    pub blobs: Blobs,
    core: Arc<Core>,
}

impl Deref for Workspace {
    type Target = Core;
    fn deref(&self) -> &Core {
        &self.core
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

    /// The next events after `seq`, for readers that follow the journal.
    pub async fn events_after(&self, seq: i64, limit: i64) -> Result<Vec<Event>> {
        self.db.read(move |tx| events::list_events(tx, seq, limit)).await
    }

    /// After the database came from another engine: events go on in the order that they had.
    pub async fn adopt_order(&self) -> Result<()> {
        self.db.write(events::adopt_sequence).await
    }

    pub async fn last_seq(&self) -> Result<i64> {
        self.db.read(events::last_seq).await
    }

    /// Jobs that nobody could do, newest first.
    pub async fn parked_jobs(&self, before: i64, limit: i64) -> Result<Vec<ParkedJob>> {
        self.db.read(move |tx| jobs::list_parked(tx, before, limit)).await
    }

    /// Tries a parked job once more, and records who wanted it.
    pub async fn retry_parked_job(&self, caller: Caller, id: i64) -> Result<()> {
        self.write(caller, move |cx| {
            let now = cx.now();
            jobs::set_unparked(cx, id, now)?;
            cx.record(Note::new("job.retried", "job", id)).map(drop)
        })
        .await
    }
}

impl Workspace {
    /// Gives a parked job up, and records who wanted it.
    pub async fn discard_parked_job(&self, caller: Caller, id: i64) -> Result<()> {
        self.write(caller, move |cx| {
            jobs::delete_parked(cx, id)?;
            cx.record(Note::new("job.discarded", "job", id)).map(drop)
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
    events::list_history(cx, subject, subject_id, before, limit)
}
