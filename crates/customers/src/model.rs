//! Customers, their identities and companies.

mod address;
mod block;
mod check;
mod dialling;

pub use address::IdentityKind;
pub(crate) use address::{Address, domain_of};
pub(crate) use block::Target;
pub use block::{Block, BlockId, BlockKind};
pub(crate) use check::{
    checked_attributes, checked_code, checked_domains, checked_name, checked_note, checked_tags, must_be,
};
pub(crate) use dialling::international;

use base::Time;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

base::id! {
    /// A person who is served.
    CustomerId
}
base::id! {
    /// One address, number or handle of a customer.
    IdentityId
}
base::id! {
    /// A customer's employer.
    CompanyId
}
base::id! {
    /// A line of a customer's timeline.
    TimelineId
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Customer {
    pub id: CustomerId,
    pub name: String,
    pub version: i64,
    pub language: Option<String>,
    pub time_zone: Option<String>,
    pub preferred_channel: Option<String>,
    /// Plain text.
    pub note: String,
    pub tags: Vec<String>,
    pub attributes: Map<String, Value>,
    pub identities: Vec<Identity>,
    pub companies: Vec<CompanyName>,
    /// Those who were merged into this one, the newest of them.
    #[serde(default)]
    pub merged: Vec<MergedName>,
    pub created_at: Time,
}

/// What agents keep about a customer, as it is written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Details {
    pub name: String,
    #[serde(default)]
    pub language: Option<String>,
    #[serde(default)]
    pub time_zone: Option<String>,
    #[serde(default)]
    pub preferred_channel: Option<String>,
    /// Plain text.
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default)]
    pub attributes: Map<String, Value>,
}

impl Details {
    /// Cleaned and within the limits; otherwise an error that names the field.
    pub(crate) fn checked(&self) -> base::Result<Details> {
        Ok(Details {
            name: checked_name(&self.name, "name")?,
            language: checked_code(self.language.as_deref(), "language")?,
            time_zone: checked_code(self.time_zone.as_deref(), "time_zone")?,
            preferred_channel: checked_code(self.preferred_channel.as_deref(), "preferred_channel")?,
            note: checked_note(&self.note)?,
            tags: checked_tags(&self.tags)?,
            attributes: checked_attributes(&self.attributes)?,
        })
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Identity {
    pub id: IdentityId,
    pub kind: IdentityKind,
    pub value: String,
    /// Proven to be the customer's; otherwise somebody only claimed it.
    pub verified: bool,
    /// The one of its kind that is used first.
    pub primary: bool,
    /// Messages to it do not arrive, as reports say.
    #[serde(default)]
    pub trouble: Option<Trouble>,
}

/// Why an address can't be reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = IdentityTrouble)]
pub struct Trouble {
    /// Nobody is there, now or later; otherwise it may pass.
    pub hard: bool,
    /// The class of the cause, such as `user_unknown`.
    pub cause: String,
    /// Words of the other server.
    pub words: String,
    pub at: Time,
}

/// Somebody who was merged into another customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MergedName {
    pub id: CustomerId,
    pub name: String,
}

/// An identity as it is given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewIdentity {
    pub kind: IdentityKind,
    pub value: String,
    #[serde(default)]
    pub verified: bool,
    #[serde(default)]
    pub primary: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CompanyName {
    pub id: CompanyId,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Company {
    pub id: CompanyId,
    pub name: String,
    pub version: i64,
    /// Whoever proves an address of such a domain belongs to the company.
    pub domains: Vec<String>,
    /// Plain text.
    pub note: String,
    pub created_at: Time,
}

/// What agents keep about a company, as it is written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompanyDetails {
    pub name: String,
    #[serde(default)]
    pub domains: Vec<String>,
    #[serde(default)]
    pub note: String,
}

impl CompanyDetails {
    /// Cleaned and within the limits; otherwise an error that names the field.
    pub(crate) fn checked(&self) -> base::Result<CompanyDetails> {
        Ok(CompanyDetails {
            name: checked_name(&self.name, "name")?,
            domains: checked_domains(&self.domains)?,
            note: checked_note(&self.note)?,
        })
    }
}

/// That a customer belongs to a company.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    pub company: CompanyId,
    pub customer: CustomerId,
}

/// What rows of other lists show of a customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Summary {
    pub id: CustomerId,
    pub name: String,
    /// The primary address: mail before all else.
    pub address: Option<String>,
    /// Whether that address is proven.
    pub verified: bool,
}

/// Who somebody is that has just arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recognised {
    pub customer: CustomerId,
    pub identity: IdentityId,
    /// Nobody with this identity was known before.
    pub fresh: bool,
}

/// A line of a timeline. `title` is a code of the catalogue of messages; `link` names what it leads to,
/// such as `{"conversation": 12}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TimelineEntry {
    pub id: TimelineId,
    pub at: Time,
    pub kind: String,
    pub title: String,
    pub link: Value,
}
