//! The nouns of notifications, without IO.

use base::Time;
use conversations::model::{ConversationId, MessageId};
use people::AgentId;
use serde::{Deserialize, Serialize};
use store::row;
use utoipa::ToSchema;

base::id! {
    /// A letter to one agent about one conversation; its addresses name it.
    LetterId
}
base::id! {
    /// Something of which an agent is still to be told.
    PendingId
}

base::words! {
    /// Why an agent is told.
    pub enum Cause {
        /// Called by name in a note.
        Mentioned = "mentioned",
        /// The conversation was given to the agent.
        Assigned = "assigned",
        /// A customer has written in the agent's conversation.
        Replied = "replied",
        /// A customer has begun a conversation that nobody has, in a team of the agent's.
        Unassigned = "unassigned",
        /// What the agent answered by mail did not arrive.
        Undelivered = "undelivered",
    }
}

base::words! {
    /// How far a letter has come.
    pub enum Progress {
        Queued = "queued",
        /// A worker has begun; from here on it is never begun again by itself.
        Sending = "sending",
        Sent = "sent",
        /// There was nothing left to tell.
        Dropped = "dropped",
        Failed = "failed",
        /// It may or may not have arrived.
        Unknown = "unknown",
        /// Another server has sent it back.
        Returned = "returned",
    }
}

row! {
    /// What an agent wants to be told by mail.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
    #[schema(as = NotificationChoices)]
    pub struct Choices {
        pub mentioned: bool,
        pub assigned: bool,
        pub replied: bool,
        pub unassigned: bool,
        pub undelivered: bool,
        /// Also while a desk of the agent's is open.
        pub at_desk: bool,
        pub version: i64,
    }
}

/// What concerns the agent alone, while the agent is away.
impl Default for Choices {
    fn default() -> Choices {
        Choices {
            mentioned: true,
            assigned: true,
            replied: true,
            unassigned: false,
            undelivered: true,
            at_desk: false,
            version: 0,
        }
    }
}

impl Choices {
    pub fn wants(&self, cause: Cause) -> bool {
        match cause {
            Cause::Mentioned => self.mentioned,
            Cause::Assigned => self.assigned,
            Cause::Replied => self.replied,
            Cause::Unassigned => self.unassigned,
            Cause::Undelivered => self.undelivered,
        }
    }
}

row! {
    /// Something of which an agent is still to be told.
    #[derive(Clone, Debug)]
    pub struct Pending {
        pub id: PendingId,
        pub cause: Cause,
        pub message_id: Option<MessageId>,
        pub actor_id: Option<AgentId>,
        pub created_at: Time,
    }
}

/// The same in a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub cause: Cause,
    pub message_id: Option<MessageId>,
    pub actor_id: Option<AgentId>,
    pub at: Time,
}

impl From<Pending> for Reason {
    fn from(one: Pending) -> Reason {
        Reason { cause: one.cause, message_id: one.message_id, actor_id: one.actor_id, at: one.created_at }
    }
}

row! {
    /// What a letter is about, and for whom.
    #[derive(Clone, Debug)]
    pub struct Letter {
        pub id: LetterId,
        pub agent_id: AgentId,
        pub conversation_id: ConversationId,
        pub reasons: serde_json::Value,
        /// The messages whose words stand in it, known when it was begun.
        pub shown: Option<serde_json::Value>,
        pub state: Progress,
        pub created_at: Time,
        pub expires_at: Time,
    }
}

impl Letter {
    pub fn reasons(&self) -> base::Result<Vec<Reason>> {
        Ok(serde_json::from_value(self.reasons.clone())?)
    }

    /// The messages whose words its reader may quote.
    pub fn shown(&self) -> base::Result<Vec<MessageId>> {
        match &self.shown {
            Some(shown) => Ok(serde_json::from_value(shown.clone())?),
            // It was sent before this was kept.
            None => Ok(self.reasons()?.into_iter().filter_map(|reason| reason.message_id).collect()),
        }
    }
}

/// What happens within this time becomes one letter.
pub const GATHER_SECONDS: i64 = 120;
/// Whose desk has shown no sign of life for this long is away. Desks give one every twenty seconds.
pub const AWAY_SECONDS: i64 = 90;
/// After this time it is looked again whether what waits may be told.
pub const AGAIN_SECONDS: i64 = 300;
/// Whoever leaves the desk is told of what came so long before, unless it was read there. What stood on the screen for
/// longer is no news.
pub const LEFT_SECONDS: i64 = 3_600;
/// What did not fit into the letters of an hour waits so long.
pub const HELD_BACK_SECONDS: i64 = 86_400;
/// So long a letter is tried.
pub const TRIED_SECONDS: i64 = 86_400;
/// Answers to older letters are parked.
pub const EXPIRES_SECONDS: i64 = 60 * 86_400;
/// Letters to one agent about one conversation within an hour: more come from no people.
pub const MOST_PER_HOUR: i64 = 10;

/// Stands in every letter: where it turns up in what comes back, history was not parted from the rest.
pub fn mark(secrets: &base::Secrets, letter: LetterId) -> String {
    let tag = secrets.mac("notification-mark", &letter.0.to_be_bytes());
    format!("ref-{}", base::secrets::hex(&tag[..6]))
}
