//! What a verb leaves behind in its transaction: events, later work, the way back.

use base::error::internal;
use base::{Result, Time};

use crate::action::Action;
use crate::cx::{Cx, Step};
use crate::event::{DEEPEST, Note};
use crate::job::{Job, NewJob};
use crate::store::{events, jobs};

impl Cx<'_, '_> {
    /// Writes the event beside the change. Answers its id.
    pub fn record(&mut self, note: Note) -> Result<i64> {
        if self.depth() > DEEPEST {
            return Err(internal(format!("{} was caused by itself {DEEPEST} times over", note.name)));
        }
        let id = self.next_id();
        events::insert_event(self, id, &note)?;
        self.ring();
        Ok(id)
    }

    /// Puts work down for later, in this transaction.
    pub fn later<J: Job>(&mut self, job: &J) -> Result<()> {
        self.later_at(job, self.now())
    }

    pub fn later_at<J: Job>(&mut self, job: &J, run_at: Time) -> Result<()> {
        if self.depth() > DEEPEST {
            return Err(internal(format!("{} was caused by itself {DEEPEST} times over", J::NAME)));
        }
        let args = serde_json::to_value(job)?;
        let new = NewJob { name: J::NAME, lane: J::LANE, args, key: job.key(), run_at };
        jobs::insert_job(self, &new)?;
        self.ring();
        Ok(())
    }

    /// A job with this key is due now; without one it is put down. Answers whether it is: one that is under
    /// way stays as it is, and whoever has news for it asks again.
    pub fn sooner<J: Job>(&mut self, job: &J) -> Result<bool> {
        self.later(job)?;
        let now = self.now();
        match job.key() {
            Some(key) => jobs::set_due(self, &key, now),
            None => Ok(true),
        }
    }

    /// Keeps how to take back what was just done: the action `A` with this input.
    pub fn undoable<A: Action>(&mut self, input: &A::Input) -> Result<()> {
        self.push_undo(Step { action: A::NAME.to_owned(), input: serde_json::to_value(input)? });
        Ok(())
    }
}
