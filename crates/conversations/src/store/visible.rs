//! Who may see which conversation: one rule with two evaluators, a predicate and a test on a row.

use customers::CustomerId;
use people::Scope;

use crate::model::{Delivery, Keys, MessageKind, Shelf};

/// The rule for one scope. Ids are numbers of ours, so they stand in the text of the statement: the
/// planner sees them.
pub struct Visible<'a>(&'a Scope);

pub fn visible(scope: &Scope) -> Visible<'_> {
    Visible(scope)
}

impl Visible<'_> {
    /// A predicate over the table `conversations` under the alias `c`.
    pub fn sql(&self) -> String {
        match self.0 {
            Scope::All => "TRUE".to_owned(),
            Scope::None => "FALSE".to_owned(),
            Scope::Teams { agent, teams } => {
                format!("(c.team_id IN ({}) OR c.assignee_id = {agent})", listed(teams.iter().map(|t| t.0)))
            }
            Scope::Brands { agent, brands } => {
                format!("(c.brand_id IN ({}) OR c.assignee_id = {agent})", listed(brands.iter().map(|b| b.0)))
            }
            Scope::Own { agent } => format!("c.assignee_id = {agent}"),
            Scope::Customer { id } => {
                format!("(c.requester_id = {id} AND c.shelf <> 'bin' AND c.shelf <> 'spam')")
            }
        }
    }

    /// A predicate over the table `messages` under the alias `m`: what of a conversation that may be seen
    /// is for the eyes of agents. A customer sees what was really said between the two: no note, no side
    /// message, no agent's words about a call, nothing that can still be taken back.
    pub fn messages_sql(&self) -> &'static str {
        match self.0 {
            Scope::Customer { .. } => {
                "m.kind = 'message' AND m.contact IS NULL
                     AND (m.delivery IS NULL OR m.delivery NOT IN ('held', 'withdrawn'))"
            }
            Scope::None => "FALSE",
            _ => "TRUE",
        }
    }

    /// The same on a message that is in memory.
    pub fn test_message(&self, kind: MessageKind, logged: bool, delivery: Option<Delivery>) -> bool {
        match self.0 {
            Scope::Customer { .. } => {
                let gone_out = !matches!(delivery, Some(Delivery::Held | Delivery::Withdrawn));
                kind == MessageKind::Message && !logged && gone_out
            }
            Scope::None => false,
            _ => true,
        }
    }

    /// Whether whoever looks is one of us.
    pub fn is_staff(&self) -> bool {
        !matches!(self.0, Scope::Customer { .. } | Scope::None)
    }

    /// The same on a row that is in memory.
    pub fn test(&self, row: &Keys) -> bool {
        match self.0 {
            Scope::All => true,
            Scope::None => false,
            Scope::Teams { agent, teams } => {
                row.team.is_some_and(|t| teams.contains(&t)) || row.assignee == Some(*agent)
            }
            Scope::Brands { agent, brands } => {
                row.brand.is_some_and(|b| brands.contains(&b)) || row.assignee == Some(*agent)
            }
            Scope::Own { agent } => row.assignee == Some(*agent),
            Scope::Customer { id } => {
                row.requester == CustomerId(*id) && !matches!(row.shelf, Shelf::Bin | Shelf::Spam)
            }
        }
    }
}

/// Never empty: `IN ()` is no SQL on PostgreSQL, and no id is 0.
fn listed(ids: impl Iterator<Item = i64>) -> String {
    let mut text: Vec<String> = ids.map(|id| id.to_string()).collect();
    text.push("0".to_owned());
    text.join(", ")
}
