//! Work that is too long for one transaction.

use std::sync::Arc;

use base::Result;
use journal::{Caller, JobRun, Worker, Workspace};

use crate::jobs::IndexMembers;
use crate::searchable::KIND;
use crate::store as rows;

const CHUNK: i64 = 100;

pub(crate) fn index_members() -> Worker {
    Worker::new(put_members_later)
}

/// Each chunk leaves a slip for the next one, so that a crash repeats one chunk only.
async fn put_members_later(house: Arc<Workspace>, slip: IndexMembers, run: JobRun) -> Result<()> {
    house
        .write_caused(Caller::system(), run.cause.clone(), 0, move |cx| {
            let members = rows::list_members(cx, slip.company, slip.after, CHUNK)?;
            for member in &members {
                search::put_later(cx, KIND, member.0)?;
            }
            if let Some(last) = members.last().filter(|_| members.len() as i64 == CHUNK) {
                cx.later(&IndexMembers { company: slip.company, after: *last })?;
            }
            run.finish(cx)
        })
        .await
}
