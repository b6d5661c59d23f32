//! All SQL of this crate.

mod belongings;
mod blocks;
mod companies;
mod customers;
mod identities;
mod merges;
mod timeline;

pub(crate) use belongings::*;
pub(crate) use blocks::*;
pub(crate) use companies::*;
pub(crate) use customers::*;
pub(crate) use identities::*;
pub(crate) use merges::*;
pub(crate) use timeline::*;
