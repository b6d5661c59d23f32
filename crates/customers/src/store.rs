//! All SQL of this crate.

mod companies;
mod customers;
mod identities;
mod timeline;

pub(crate) use companies::*;
pub(crate) use customers::*;
pub(crate) use identities::*;
pub(crate) use timeline::*;
