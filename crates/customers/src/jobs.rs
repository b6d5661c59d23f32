//! Slips for later work.

use journal::Job;
use serde::{Deserialize, Serialize};

use crate::model::{CompanyId, CustomerId};
use crate::uniting::MergeId;

/// Index the members of a company anew, some at a time.
#[derive(Serialize, Deserialize)]
pub(crate) struct IndexMembers {
    pub company: CompanyId,
    pub after: CustomerId,
}

impl Job for IndexMembers {
    const NAME: &'static str = "customers.index_members";
}

/// Carry on with a merge, or with its undo, some rows at a time.
#[derive(Serialize, Deserialize)]
pub(crate) struct Move {
    pub merge: MergeId,
}

impl Job for Move {
    const NAME: &'static str = "customers.move";
}
