//! Customers: the persons who are served, by which addresses they are known, and for whom they work.
//!
//! What: customers, identities (claimed or verified), companies, recognition, the timeline.
//! Owns: `customers`, `customer_identities`, `companies`, `company_domains`, `company_members`,
//! `timeline_entries`.
//! Announces: `customer.created`, `customer.changed`, `customer.identity_added`,
//! `customer.identity_removed`, `customer.identity_verified`, `customer.member_added`,
//! `customer.member_removed`, `company.created`, `company.changed`.
//! Hears: its own events, to keep the search entries.
//! Offers: the actions in [`actions`], [`recognise`], reads within a scope, [`put_timeline`].
//!
//! **Invariant:** an identity belongs to one customer; a claim never merges two of them.
//! **Invariant:** no event carries a name, an address, a note or an attribute.

pub mod actions;
mod api;
pub mod events;
mod jobs;
mod model;
mod reactions;
mod reading;
mod recognition;
mod searchable;
mod store;
mod workers;

use journal::registry::Verb;
use web::Capability;

pub use model::{
    Company, CompanyDetails, CompanyId, CompanyName, Customer, CustomerId, Details, Identity, IdentityId,
    IdentityKind, Membership, NewIdentity, Recognised, Summary, TimelineEntry, TimelineId,
};
pub use reading::{
    companies, company, customer, customers, identities, look_up, put_timeline, summaries, timeline, visible,
};
pub use recognition::{find_by, recognise};
pub use searchable::{KIND as SEARCH_KIND, Searchable};

/// The tables of this crate.
pub const MIGRATIONS: &[::store::Migration] = ::store::migrations!["customers"; "0001_customers"];

/// What this crate brings to the house.
pub fn capability() -> Capability {
    let verbs = [
        Verb::of::<actions::identity::AddIdentity>(),
        Verb::of::<actions::member::AddMember>(),
        Verb::of::<actions::change::Change>(),
        Verb::of::<actions::change_company::ChangeCompany>(),
        Verb::of::<actions::create::Create>(),
        Verb::of::<actions::create_company::CreateCompany>(),
        Verb::of::<actions::identity::RemoveIdentity>(),
        Verb::of::<actions::member::RemoveMember>(),
        Verb::of::<actions::tag::Tag>(),
        Verb::of::<actions::verify_identity::VerifyIdentity>(),
    ];
    Capability::new("customers")
        .migrations(MIGRATIONS)
        .verbs(verbs)
        .reactions(reactions::all())
        .worker(workers::index_members())
        .routes(api::routes())
        .plug(|registry| registry.fill::<search::Sources>().add(Searchable))
}

#[cfg(test)]
mod tests;
