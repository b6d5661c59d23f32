//! The nouns of a conversation and the rules between them, without IO.

use base::{Result, Time, id, words};
use customers::CustomerId;
use people::{AgentId, BrandId, TeamId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

id! {
    /// A conversation's id; people see its number instead.
    ConversationId
}
id! {
    /// A message's id: ordered by time.
    MessageId
}
id! {
    /// An attachment's id.
    AttachmentId
}
id! {
    /// The id of what goes on beside a conversation with one third party.
    SideId
}

words! {
    pub enum Status {
        New = "new",
        Open = "open",
        /// Waiting for the customer.
        Pending = "pending",
        /// Waiting for a third party.
        Hold = "hold",
        Solved = "solved",
        /// For good: another message opens a follow-up.
        Closed = "closed",
    }
}

words! {
    pub enum Priority { Low = "low", Normal = "normal", High = "high", Urgent = "urgent" }
}

words! {
    pub enum Type { Question = "question", Problem = "problem", Incident = "incident", Task = "task" }
}

words! {
    /// Where a conversation lies: each stands on one shelf, and lists read one shelf.
    pub enum Shelf { Active = "active", Solved = "solved", Spam = "spam", Bin = "bin" }
}

words! {
    pub enum MessageKind {
        Message = "message",
        Note = "note",
        /// To or from a third party: never shown to the customer, never quoted, nobody takes part by it.
        Side = "side",
    }
}

words! {
    pub enum Direction { In = "in", Out = "out" }
}

words! {
    pub enum Author {
        Agent = "agent",
        Customer = "customer",
        System = "system",
        /// Somebody beside the conversation, of side messages alone.
        ThirdParty = "third_party",
    }
}

words! {
    /// How far an outgoing message has come.
    pub enum Delivery {
        /// Waits for its time; until then it can be taken back.
        Held = "held",
        Queued = "queued",
        /// A worker has begun; from here on it is never begun again by itself.
        Sending = "sending",
        Delivered = "delivered",
        /// Another server is still trying, as it says.
        Delayed = "delayed",
        Failed = "failed",
        /// It may or may not have arrived: people decide whether it is sent again.
        Unknown = "unknown",
        Withdrawn = "withdrawn",
    }
}

words! {
    /// What became of a message for one of its recipients, as somebody else's machine says.
    pub enum FateState {
        Delivered = "delivered",
        /// It is tried further.
        Delayed = "delayed",
        Failed = "failed",
        /// It was opened, as a receipt says.
        Read = "read",
        /// It was called spam.
        Complained = "complained",
    }
}

words! {
    pub enum ParticipantKind {
        To = "to",
        Cc = "cc",
        /// A mailing list: it is shown, and never written to.
        List = "list",
    }
}

words! {
    pub enum DraftMode { Reply = "reply", Note = "note", Side = "side" }
}

words! {
    /// Where a contact took place that an agent writes down: nothing is sent or received there.
    pub enum ContactChannel { Voice = "voice", WalkIn = "walk-in", Letter = "letter" }
}

words! {
    /// To whom an answer goes when nobody is named.
    pub enum Audience { Everybody = "everybody", Customer = "customer" }
}

/// A conversation that an agent has begun.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Started {
    pub id: ConversationId,
    pub number: i64,
    pub message_id: MessageId,
}

/// What is known of a contact that was logged by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Contact {
    pub occurred_at: Time,
    pub duration_seconds: Option<i64>,
    pub logged_by: AgentId,
}

/// A name and an address on some channel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Party {
    #[serde(default)]
    pub name: String,
    pub address: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Recipients {
    pub from: Option<Party>,
    pub to: Vec<Party>,
    pub cc: Vec<Party>,
    #[serde(default)]
    pub bcc: Vec<Party>,
}

/// The beginning of a text as lists show it.
pub fn preview(text: &str) -> String {
    markup::preview(text, 180)
}

/// What an agent has chosen: what is absent is proposed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wish<'a> {
    pub channel: Option<&'a str>,
    pub audience: Option<Audience>,
    pub to: Option<&'a [String]>,
    pub cc: Option<&'a [String]>,
}

/// Characters.
pub const LONGEST_SUBJECT: usize = 500;

/// What decides who may see a conversation and on which lists it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keys {
    pub shelf: Shelf,
    pub team: Option<TeamId>,
    pub brand: Option<BrandId>,
    pub assignee: Option<AgentId>,
    pub requester: CustomerId,
}

/// What sending a reply changed beside the message, so that taking it back can revert it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reverts {
    pub status: Status,
    pub status_after: Status,
    pub assignee: Option<AgentId>,
    pub assignee_after: Option<AgentId>,
}

/// Where a conversation of this state stands.
pub fn shelf(status: Status, spam: bool, deleted: bool) -> Shelf {
    match (deleted, spam, status) {
        (true, _, _) => Shelf::Bin,
        (_, true, _) => Shelf::Spam,
        (_, _, Status::Solved | Status::Closed) => Shelf::Solved,
        _ => Shelf::Active,
    }
}

/// The state after a customer has written: what waited or was solved is open again.
pub fn after_customer_message(status: Status) -> Status {
    match status {
        Status::New => Status::New,
        _ => Status::Open,
    }
}

/// The state after an agent has answered or taken it, before any status that the agent chose.
pub fn after_answer(status: Status) -> Status {
    match status {
        Status::New => Status::Open,
        other => other,
    }
}

/// Whether people may set this status by hand.
pub fn may_become(from: Status, to: Status) -> Result<()> {
    match (from, to) {
        (Status::Closed, _) => Err(base::error::conflict(
            "conversation_closed",
            "This conversation is closed for good. A new message opens a follow-up.",
        )),
        (_, Status::New) if from != Status::New => {
            Err(base::error::invalid("status_new", "A conversation is new only until somebody takes it.")
                .field("status"))
        }
        (_, Status::Closed) => Err(base::error::invalid(
            "status_closed",
            "Solved conversations are closed by time, not by hand.",
        )
        .field("status")),
        _ => Ok(()),
    }
}

/// How long a solved conversation can still be reopened, unless the workspace says otherwise.
pub const CLOSE_AFTER_DAYS: i64 = 28;

/// The time at which what was solved at `solved_at` is closed.
pub fn closes_at(solved_at: Time, days: i64) -> Time {
    solved_at.plus_seconds(days * 24 * 3600)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_message_opens_what_waited_and_leaves_new_ones_new() {
        for status in Status::ALL {
            let wanted = if *status == Status::New { Status::New } else { Status::Open };
            assert_eq!(after_customer_message(*status), wanted);
        }
    }

    #[test]
    fn each_state_has_one_shelf_and_deletion_wins() {
        assert_eq!(shelf(Status::Open, false, false), Shelf::Active);
        assert_eq!(shelf(Status::Closed, false, false), Shelf::Solved);
        assert_eq!(shelf(Status::Open, true, false), Shelf::Spam);
        assert_eq!(shelf(Status::Solved, true, true), Shelf::Bin);
    }
}
