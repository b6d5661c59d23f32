//! The one thing that an action takes: transaction, caller and clock, with what a verb may do.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use ::store::Tx;
use base::error::internal;
use base::{IsId, Result, Secrets, Time};
use serde_json::Value;

use crate::action::Action;
use crate::caller::Caller;
use crate::event::{DEEPEST, Event, Note};
use crate::job::{Job, NewJob};
use crate::registry::Registry;
use crate::store as rows;
use crate::undo::Step;
use crate::workspace::Core;

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

    pub fn secrets(&self) -> &Secrets {
        &self.core.secrets
    }

    pub fn registry(&self) -> &Arc<Registry> {
        &self.core.registry
    }

    /// The address under which people reach this workspace, without a slash at the end.
    pub fn public_url(&self) -> &str {
        &self.core.public_url
    }

    #[track_caller]
    pub fn must(&self, grant: &str) -> Result<()> {
        self.caller.must(grant)
    }

    /// Writes the event beside the change. Answers its id.
    pub fn record(&mut self, note: Note) -> Result<i64> {
        if self.depth > DEEPEST {
            return Err(internal(format!("{} was caused by itself {DEEPEST} times over", note.name)));
        }
        let id = self.core.ids.next();
        rows::insert_event(self, id, &note)?;
        self.tx.ring();
        Ok(id)
    }

    /// Puts work down for later, in this transaction.
    pub fn later<J: Job>(&mut self, job: &J) -> Result<()> {
        self.later_at(job, self.now)
    }

    pub fn later_at<J: Job>(&mut self, job: &J, run_at: Time) -> Result<()> {
        if self.depth > DEEPEST {
            return Err(internal(format!("{} was caused by itself {DEEPEST} times over", J::NAME)));
        }
        let args = serde_json::to_value(job)?;
        let new = NewJob { name: J::NAME, lane: J::LANE, args, key: job.key(), run_at };
        rows::insert_job(self, &new)?;
        self.tx.ring();
        Ok(())
    }

    /// Runs another action in the same transaction, under the same caller and the same rules.
    pub fn call<A: Action>(&mut self, input: &A::Input) -> Result<A::Output> {
        self.must(A::GRANT)?;
        if self.cause.is_none() {
            self.cause = Some(A::NAME.to_owned());
        }
        A::run(self, input)
    }

    /// Runs a part of an action as somebody else: what a reply does to the customer's record is done
    /// by the system, not by the agent's own grants.
    pub fn as_system<T>(&mut self, body: impl FnOnce(&mut Cx<'a, 't>) -> Result<T>) -> Result<T> {
        let own = std::mem::replace(&mut self.caller, Caller::system());
        let result = body(&mut *self);
        self.caller = own;
        result
    }

    /// Keeps how to take back what was just done: the action `A` with this input.
    pub fn undoable<A: Action>(&mut self, input: &A::Input) -> Result<()> {
        self.undo.push(Step { action: A::NAME.to_owned(), input: serde_json::to_value(input)? });
        Ok(())
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

    /// Runs an action that is known by its name alone.
    pub fn call_by_name(&mut self, name: &str, input: &Value) -> Result<Value> {
        let registry = self.core.registry.clone();
        let action = registry.action(name)?;
        self.must(action.grant)?;
        self.set_cause(action.name);
        (action.run)(self, input)
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
