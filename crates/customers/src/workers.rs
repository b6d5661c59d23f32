//! Work that is too long for one transaction.

use std::sync::Arc;

use base::Result;
use journal::{Caller, JobRun, Worker, Workspace};

use crate::jobs::{IndexMembers, Move};
use crate::moving;
use crate::searchable::KIND;
use crate::store as rows;
use crate::uniting::MergeState;

const MEMBERS: i64 = 100;

pub(crate) fn index_members() -> Worker {
    Worker::new(put_members_later)
}

/// Each chunk leaves a slip for the next one, so that a crash repeats one chunk only.
async fn put_members_later(house: Arc<Workspace>, slip: IndexMembers, run: JobRun) -> Result<()> {
    house
        .write_caused(Caller::system(), run.cause.clone(), 0, move |cx| {
            let members = rows::list_members(cx, slip.company, slip.after, MEMBERS)?;
            for member in &members {
                search::put_later(cx, KIND, member.0)?;
            }
            if let Some(last) = members.last().filter(|_| members.len() as i64 == MEMBERS) {
                cx.later(&IndexMembers { company: slip.company, after: *last })?;
            }
            run.finish(cx)
        })
        .await
}

pub(crate) fn move_rows() -> Worker {
    Worker::new(move_some)
}

/// The state of the merge decides the direction: an undo turns round what is still on its way.
async fn move_some(house: Arc<Workspace>, slip: Move, run: JobRun) -> Result<()> {
    house
        .write_caused(Caller::system(), run.cause.clone(), 0, move |cx| {
            let merge = rows::get_merge(cx, slip.merge)?;
            let done = match merge.state {
                MergeState::Moving => moving::carry_some(cx, &merge, moving::CHUNK)?,
                MergeState::Returning => moving::return_some(cx, &merge, moving::CHUNK)?,
                MergeState::Done | MergeState::Undone => true,
            };
            if !done {
                cx.later(&Move { merge: merge.id })?;
            }
            run.finish(cx)
        })
        .await
}
