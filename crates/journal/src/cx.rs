//! The one thing that an action takes: transaction, caller and clock, with what a verb may do.

use std::any::Any;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use ::store::Tx;
use base::{Clock, IdSource, IsId, Result, Secrets, Time};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::caller::Caller;
use crate::event::Event;

/// The part that transactions need, on whatever thread they run.
pub struct Core {
    pub name: String,
    pub clock: Clock,
    pub ids: IdSource,
    /// The node's lease under which this process takes jobs; see [`NodeLease`](crate::lease::NodeLease).
    pub holder: String,
    pub secrets: Secrets,
    /// The [`Registry`](crate::Registry); kept without its type, since what it holds takes a `Cx`.
    pub registry: Arc<dyn Any + Send + Sync>,
    pub public_url: String,
}

/// One inverse action.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Step {
    pub action: String,
    pub input: Value,
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

/// Dereferences to the transaction, so that `cx.all(…)` reads as it should.
pub struct Cx<'a, 't> {
    tx: &'a mut Tx<'t>,
    core: &'a Core,
    caller: Caller,
    now: Time,
    /// What led here: `event:ID` or the name of the outermost action.
    cause: Option<String>,
    depth: i64,
    undo: Vec<Step>,
}

impl<'a, 't> Cx<'a, 't> {
    pub(crate) fn new(tx: &'a mut Tx<'t>, core: &'a Core, caller: Caller) -> Cx<'a, 't> {
        Cx { tx, core, caller, now: core.clock.now(), cause: None, depth: 0, undo: Vec::new() }
    }

    pub(crate) fn caused(mut self, cause: String, depth: i64) -> Cx<'a, 't> {
        self.cause = Some(cause);
        self.depth = depth;
        self
    }

    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// One time for the whole transaction.
    pub fn now(&self) -> Time {
        self.now
    }

    pub fn new_id<T: IsId>(&self) -> T {
        self.core.ids.make()
    }

    pub(crate) fn next_id(&self) -> i64 {
        self.core.ids.next()
    }

    pub(crate) fn core(&self) -> &Core {
        self.core
    }

    pub(crate) fn push_undo(&mut self, step: Step) {
        self.undo.push(step);
    }

    pub fn secrets(&self) -> &Secrets {
        &self.core.secrets
    }

    /// The name of this workspace in the installation.
    pub fn workspace(&self) -> &str {
        &self.core.name
    }

    /// The address under which people reach this workspace, without a slash at the end.
    pub fn public_url(&self) -> &str {
        &self.core.public_url
    }

    #[track_caller]
    pub fn must(&self, grant: &str) -> Result<()> {
        self.caller.must(grant)
    }

    /// Runs a part of an action as somebody else: what a reply does to the customer's record is done
    /// by the system, not by the agent's own grants.
    pub fn as_system<T>(&mut self, body: impl FnOnce(&mut Cx<'a, 't>) -> Result<T>) -> Result<T> {
        self.as_caller(Caller::system(), body)
    }

    /// Runs a part as somebody who has proven to be it by other means than a session: within the own sight
    /// and permissions, and under the own name.
    pub fn as_caller<T>(
        &mut self,
        caller: Caller,
        body: impl FnOnce(&mut Cx<'a, 't>) -> Result<T>,
    ) -> Result<T> {
        let own = std::mem::replace(&mut self.caller, caller);
        let result = body(&mut *self);
        self.caller = own;
        result
    }

    /// The context in which a reaction hears an event: the event is the cause.
    pub(crate) fn after(&mut self, event: &Event) -> Cx<'_, 't> {
        let cause = Some(format!("event:{}", event.id));
        let (caller, depth) = (self.caller.clone(), event.depth + 1);
        Cx { tx: self.tx, core: self.core, caller, now: self.now, cause, depth, undo: Vec::new() }
    }

    pub(crate) fn take_undo(&mut self) -> Vec<Step> {
        std::mem::take(&mut self.undo)
    }

    pub(crate) fn cause(&self) -> Option<&str> {
        self.cause.as_deref()
    }

    pub(crate) fn set_cause(&mut self, cause: &str) {
        self.cause.get_or_insert_with(|| cause.to_owned());
    }

    pub(crate) fn depth(&self) -> i64 {
        self.depth
    }
}

impl<'t> Deref for Cx<'_, 't> {
    type Target = Tx<'t>;
    fn deref(&self) -> &Tx<'t> {
        self.tx
    }
}

impl<'t> DerefMut for Cx<'_, 't> {
    fn deref_mut(&mut self) -> &mut Tx<'t> {
        self.tx
    }
}
