//! Slips: gathering what is to be told, and sending it.

use conversations::model::ConversationId;
use journal::{Job, Lane};
use people::AgentId;
use serde::{Deserialize, Serialize};

use crate::model::LetterId;

/// Makes one letter of all that has happened meanwhile.
#[derive(Debug, Serialize, Deserialize)]
pub struct Gather {
    pub agent: AgentId,
    pub conversation: ConversationId,
    /// Of what waits since an earlier look: what is new meanwhile has a slip of its own, and is told in its time.
    #[serde(default)]
    pub again: bool,
}

impl Job for Gather {
    const NAME: &'static str = "notifications.gather";

    fn key(&self) -> Option<String> {
        let again = if self.again { ":again" } else { "" };
        Some(format!("notifications.gather:{}:{}{again}", self.agent, self.conversation))
    }
}

/// Sends a letter.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Send {
    pub letter: LetterId,
    /// How often it was put off.
    #[serde(default)]
    pub tries: i64,
}

impl Job for Send {
    const NAME: &'static str = "notifications.send";
    const LANE: Lane = Lane::Slow;
}
