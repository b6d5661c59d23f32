//! Customers: the persons who are served, by which addresses they are known, and for whom they work.
//!
//! What: customers, identities (claimed or verified), companies, recognition, the timeline; who was merged
//! into whom; who is shut out.
//! Owns: `customers`, `customer_identities`, `companies`, `company_domains`, `company_members`,
//! `timeline_entries`, `customer_merges`, `customer_moves`, `blocks`.
//! Announces: `customer.created`, `customer.changed`, `customer.identity_added`,
//! `customer.identity_removed`, `customer.identity_verified`, `customer.member_added`,
//! `customer.member_removed`, `customer.merged`, `customer.separated`, `company.created`, `company.changed`,
//! `sender.blocked`, `sender.unblocked`.
//! Hears: its own events, to keep the search entries.
//! Offers: the actions in [`actions`], [`recognise`], [`introduce`], reads within a scope, [`put_timeline`];
//! the socket [`Belongings`], whose rows follow a merge.
//!
//! **Invariant:** an identity belongs to one customer; a claim never merges two of them.
//! **Invariant:** customers are merged by an agent alone, and a merge can be undone to the row.
//! **Invariant:** no event carries a name, an address, a note or an attribute.

pub mod actions;
mod api;
mod blocking;
pub mod events;
mod jobs;
mod model;
mod moving;
mod reachable;
mod reactions;
mod reading;
mod recognition;
mod searchable;
mod sockets;
mod store;
mod trouble;
mod uniting;
mod workers;

use journal::registry::Verb;
use web::Capability;

pub use blocking::{blocks_against, is_blocked, is_customer_blocked};
pub use model::{
    Block, BlockId, BlockKind, Company, CompanyDetails, CompanyId, CompanyName, Customer, CustomerId,
    Details, Identity, IdentityId, IdentityKind, Membership, MergedName, NewIdentity, Recognised, Summary,
    TimelineEntry, TimelineId, Trouble,
};
pub use moving::with_moving;
pub use reading::{
    blocks, companies, company, customer, customers, identities, look_up, put_timeline, remove_timeline,
    resolve, summaries, timeline, visible,
};
pub use recognition::{add_claim, find_by, introduce, recognise};
pub use searchable::{KIND as SEARCH_KIND, Searchable};
pub use sockets::{Belonging, Belongings};
pub use trouble::{clear_trouble, mark_trouble, trouble_of};
pub use uniting::MergeId;

/// The tables of this crate.
pub const MIGRATIONS: &[::store::Migration] =
    ::store::migrations!["customers"; "0001_customers", "0002_merges", "0003_trouble"];

/// What this crate brings to the house.
pub fn capability() -> Capability {
    let verbs = [
        Verb::of::<actions::block::BlockAgain>(),
        Verb::of::<actions::block::BlockCustomer>(),
        Verb::of::<actions::block::BlockSender>(),
        Verb::of::<actions::block::Lift>(),
        Verb::of::<actions::block::UnblockCustomer>(),
        Verb::of::<actions::identity::AddIdentity>(),
        Verb::of::<actions::member::AddMember>(),
        Verb::of::<actions::change::Change>(),
        Verb::of::<actions::change_company::ChangeCompany>(),
        Verb::of::<actions::create::Create>(),
        Verb::of::<actions::create_company::CreateCompany>(),
        Verb::of::<actions::merge::Merge>(),
        Verb::of::<actions::merge::Separate>(),
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
        .worker(workers::move_rows())
        .routes(api::routes())
        .plug(|registry| registry.fill::<search::Sources>().add(Searchable))
        .plug(|registry| {
            let belongings = registry.fill::<Belongings>();
            belongings.add(store::Timeline);
            belongings.add(store::Pointers);
        })
}

#[cfg(test)]
mod tests;
