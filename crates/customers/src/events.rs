//! What is announced. Names, addresses and notes are personal: an event says only that they changed.

use journal::Note;

use crate::model::{CompanyId, Customer, CustomerId, Details, IdentityId};

pub const CREATED: &str = "customer.created";
pub const CHANGED: &str = "customer.changed";
pub const IDENTITY_ADDED: &str = "customer.identity_added";
pub const IDENTITY_REMOVED: &str = "customer.identity_removed";
pub const IDENTITY_VERIFIED: &str = "customer.identity_verified";
/// Reports say that messages to an identity do not arrive.
pub const IDENTITY_TROUBLED: &str = "customer.identity_troubled";
/// Somebody has written from an identity that was troubled.
pub const IDENTITY_REACHED: &str = "customer.identity_reached";
pub const MEMBER_ADDED: &str = "customer.member_added";
pub const MEMBER_REMOVED: &str = "customer.member_removed";
/// The subject is the one that became a pointer; `into` names the one that is kept.
pub const MERGED: &str = "customer.merged";
/// A merge was undone: the subject stands for itself again.
pub const SEPARATED: &str = "customer.separated";
/// The subject is the block.
pub const BLOCKED: &str = "sender.blocked";
pub const UNBLOCKED: &str = "sender.unblocked";
pub const COMPANY_CREATED: &str = "company.created";
pub const COMPANY_CHANGED: &str = "company.changed";

/// Those after which a customer is found by other words.
pub const CHANGING_WORDS: &[&str] =
    &[CREATED, CHANGED, IDENTITY_ADDED, IDENTITY_REMOVED, MEMBER_ADDED, MEMBER_REMOVED, MERGED, SEPARATED];

pub(crate) fn about(name: &'static str, customer: CustomerId) -> Note {
    Note::new(name, "customer", customer.0)
}

pub(crate) fn about_identity(name: &'static str, customer: CustomerId, identity: IdentityId) -> Note {
    about(name, customer).with("identity", identity)
}

pub(crate) fn about_member(name: &'static str, customer: CustomerId, company: CompanyId) -> Note {
    about(name, customer).with("company", company)
}

pub(crate) fn about_company(name: &'static str, company: CompanyId) -> Note {
    Note::new(name, "company", company.0)
}

/// `None` when nothing changes.
pub(crate) fn changed(before: &Customer, after: &Details) -> Option<Note> {
    let mut note = about(CHANGED, before.id);
    let mut any = false;
    let hidden = [
        ("name", before.name != after.name),
        ("note", before.note != after.note),
        ("attributes", before.attributes != after.attributes),
    ];
    for (field, _) in hidden.into_iter().filter(|(_, differs)| *differs) {
        note = note.change(field, (), ());
        any = true;
    }
    let open = [
        ("language", &before.language, &after.language),
        ("time_zone", &before.time_zone, &after.time_zone),
        ("preferred_channel", &before.preferred_channel, &after.preferred_channel),
    ];
    for (field, before, after) in open.into_iter().filter(|(_, before, after)| before != after) {
        note = note.change(field, before, after);
        any = true;
    }
    if before.tags != after.tags {
        note = note.change("tags", &before.tags, &after.tags);
        any = true;
    }
    any.then_some(note)
}
