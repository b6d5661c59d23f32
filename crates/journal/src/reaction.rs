//! Reactions: how a capability hears what happened elsewhere, without an arrow to it.

use base::Result;

use crate::cx::Cx;
use crate::event::Event;

/// Where a reaction that is new to a workspace begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    FromNow,
    FromStart,
}

/// Hears events by name, at least once, with a durable cursor; its writes and the cursor's move are
/// one transaction, so effects inside the database happen exactly once.
#[derive(Clone, Copy)]
pub struct Reaction {
    pub name: &'static str,
    pub hears: &'static [&'static str],
    pub start: Start,
    /// Whether an event that failed holds back later events of the same subject.
    pub ordered: bool,
    pub react: fn(&mut Cx<'_, '_>, &Event) -> Result<()>,
}
