//! Where the story is told: the workspace, its clock, and how far each conversation has come.

use std::net::SocketAddr;
use std::sync::Arc;

use base::error::internal;
use base::{Clock, Result, Time};
use channel_email::Installation as Room;
use conversations::model::{ConversationId, MessageId};
use journal::{Caller, Grants, Who, Workspace};
use people::AgentId;

use super::cast::Cast;
use super::catcher::Catcher;
use super::founding::Staff;
use super::letters;

pub struct Stage<'a> {
    pub house: Arc<Workspace>,
    pub room: Room,
    pub clock: Clock,
    pub catcher: &'a Catcher,
    /// Where the catcher takes mail.
    pub server: SocketAddr,
    pub cast: &'a Cast,
    pub staff: Staff,
    pub now: Time,
}

impl Stage<'_> {
    pub fn agent(&self, key: &str) -> Result<AgentId> {
        let known = self.staff.agents.get(key).copied();
        known.ok_or_else(|| internal(format!("no agent is called {key}")))
    }

    pub fn caller(&self, key: &str) -> Result<Caller> {
        self.agent(key).map(caller)
    }
}

pub fn caller(agent: AgentId) -> Caller {
    Caller { who: Who::Agent(agent.0), grants: Grants::All }
}

/// How far a conversation has come.
#[derive(Default)]
pub struct Thread {
    pub conversation: Option<ConversationId>,
    pub assignee: Option<AgentId>,
    /// Whether it lies with the team for repairs.
    pub repairs: bool,
    pub letters: letters::Thread,
    pub last: Option<(MessageId, Time)>,
    /// Who has looked at it since the last mail.
    pub seen_by: Vec<AgentId>,
    /// Whether its traits are set.
    pub sorted: bool,
}

impl Thread {
    pub fn id(&self) -> Result<ConversationId> {
        self.conversation.ok_or_else(|| internal("nothing has been said in this conversation yet"))
    }
}
