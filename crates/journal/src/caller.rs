//! Who acts, and what the one may do.

use std::collections::BTreeSet;
use std::sync::Arc;

use base::Result;
use base::error::forbidden;

/// The one behind a change. Ids are those of the tables that `people` and `customers` own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    Agent(i64),
    Customer {
        id: i64,
        verified: bool,
    },
    /// An API token; it acts on behalf of the agent who made it.
    Token {
        id: i64,
        agent: i64,
    },
    Rule(i64),
    Reaction(&'static str),
    System,
}

/// The names of what a caller may do; a grant is called as the action that it allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grants {
    All,
    Some(Arc<BTreeSet<String>>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    pub who: Who,
    pub grants: Grants,
}

impl Caller {
    pub fn system() -> Caller {
        Caller { who: Who::System, grants: Grants::All }
    }

    pub fn reaction(name: &'static str) -> Caller {
        Caller { who: Who::Reaction(name), grants: Grants::All }
    }

    pub fn agent(id: i64, grants: impl IntoIterator<Item = String>) -> Caller {
        Caller { who: Who::Agent(id), grants: Grants::some(grants) }
    }

    /// The agent who acts, also through a token.
    pub fn agent_id(&self) -> Option<i64> {
        match self.who {
            Who::Agent(id) | Who::Token { agent: id, .. } => Some(id),
            _ => None,
        }
    }

    pub fn may(&self, grant: &str) -> bool {
        match &self.grants {
            Grants::All => true,
            Grants::Some(names) => names.contains(grant),
        }
    }

    #[track_caller]
    pub fn must(&self, grant: &str) -> Result<()> {
        match self.may(grant) {
            true => Ok(()),
            false => Err(forbidden("not_permitted", format!("Your role does not include “{grant}”."))),
        }
    }

    /// The kind of caller, as it is stored.
    pub fn kind(&self) -> &'static str {
        match self.who {
            Who::Agent(_) => "agent",
            Who::Customer { verified: true, .. } => "customer",
            Who::Customer { verified: false, .. } => "claimed_customer",
            Who::Token { .. } => "token",
            Who::Rule(_) => "rule",
            Who::Reaction(_) => "reaction",
            Who::System => "system",
        }
    }

    pub fn id(&self) -> Option<i64> {
        match self.who {
            Who::Agent(id) | Who::Customer { id, .. } | Who::Token { id, .. } | Who::Rule(id) => Some(id),
            Who::Reaction(_) | Who::System => None,
        }
    }

    /// Whom the caller stands for, as it is stored: `agent:12` for a token, a reaction's name.
    pub fn behalf(&self) -> Option<String> {
        match &self.who {
            Who::Token { agent, .. } => Some(format!("agent:{agent}")),
            Who::Reaction(name) => Some((*name).to_owned()),
            _ => None,
        }
    }

    /// One text per caller, under which idempotency keys are unique.
    pub fn key(&self) -> String {
        match self.id() {
            Some(id) => format!("{}:{id}", self.kind()),
            None => self.behalf().unwrap_or_else(|| self.kind().to_owned()),
        }
    }
}

impl Grants {
    pub fn some(names: impl IntoIterator<Item = String>) -> Grants {
        Grants::Some(Arc::new(names.into_iter().collect()))
    }
}
