//! What changes how a customer is found leads to a new index entry.

use base::Result;
use journal::{Cx, Event, Reaction, Start};

use crate::events::{CHANGING_WORDS, COMPANY_CHANGED};
use crate::jobs::IndexMembers;
use crate::model::{CompanyId, CustomerId};
use crate::searchable::KIND;

pub(crate) fn all() -> [Reaction; 2] {
    let index = Reaction {
        name: "customers.index",
        hears: CHANGING_WORDS,
        start: Start::FromStart,
        ordered: false,
        react: index_customer,
    };
    let index_members = Reaction {
        name: "customers.index_members",
        hears: &[COMPANY_CHANGED],
        start: Start::FromStart,
        ordered: false,
        react: index_members,
    };
    [index, index_members]
}

fn index_customer(cx: &mut Cx<'_, '_>, event: &Event) -> Result<()> {
    search::put_later(cx, KIND, event.subject_id)
}

fn index_members(cx: &mut Cx<'_, '_>, event: &Event) -> Result<()> {
    match event.changed("name") {
        Some(_) => cx.later(&IndexMembers { company: CompanyId(event.subject_id), after: CustomerId(0) }),
        None => Ok(()),
    }
}
