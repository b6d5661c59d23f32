//! What screens are shown: the visitor's thread, the desk's queue.

use std::collections::BTreeMap;

use base::Time;
use conversations::model::{ConversationId, MessageId};
use people::{AgentId, TeamId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::kinds::{ChatId, ChatState, EndedBy, Proof, Standing, WidgetId};
use super::page::{Page, Visit};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ChatName)]
pub struct ShownName {
    pub name: String,
    pub initials: String,
}

impl ShownName {
    pub fn of(name: &str) -> ShownName {
        ShownName { name: name.to_owned(), initials: base::text::initials(name) }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ChatFile)]
pub struct ShownFile {
    pub name: String,
    #[serde(rename = "type")]
    pub content_type: String,
    pub size: i64,
    pub url: String,
}

/// A message as its visitor sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ChatMessage)]
pub struct ShownMessage {
    pub id: MessageId,
    pub line: i64,
    pub client_id: Option<String>,
    /// `in` is from the visitor.
    pub direction: String,
    pub author: Option<ShownName>,
    pub html: String,
    pub text: String,
    pub attachments: Vec<ShownFile>,
    pub at: Time,
    /// It went out as mail as well.
    pub by_mail: bool,
}

/// Whether somebody answers, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ChatService)]
pub struct ShownState {
    pub open: bool,
    pub available: bool,
    /// The median of recent first answers; absent where too few are known.
    pub answer_seconds: Option<i64>,
    pub back_at: Option<Time>,
    /// `chat` or `offline`.
    pub mode: String,
}

/// A chat as its visitor sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ChatOfVisitor)]
pub struct ShownChat {
    pub id: ChatId,
    pub state: ChatState,
    pub agent: Option<ShownName>,
    pub since: Time,
    pub ended_at: Option<Time>,
    pub ended_by: Option<EndedBy>,
}

/// What a visitor is told of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ChatVisitor)]
pub struct ShownVisitor {
    pub name: String,
    pub email: Option<String>,
    /// `left` or `signed`.
    pub email_sent: Option<String>,
}

/// The visitor in a desk's queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ChatRowVisitor)]
pub struct ShownVisitorRow {
    pub name: String,
    pub email: Option<String>,
    pub email_proof: Proof,
    pub online: bool,
    pub page: Option<Page>,
    pub banned: bool,
}

/// A chat in a desk's queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChatRow {
    pub id: ChatId,
    pub conversation_id: ConversationId,
    pub number: i64,
    pub subject: String,
    pub widget_id: WidgetId,
    pub widget_name: String,
    pub state: ChatState,
    pub team_id: Option<TeamId>,
    pub taker_id: Option<AgentId>,
    /// Whose desks ring.
    pub offered_to: Vec<AgentId>,
    pub visitor: ShownVisitorRow,
    pub waiting_since: Time,
    pub taken_at: Option<Time>,
    pub answered_at: Option<Time>,
    pub ended_at: Option<Time>,
    pub preview: String,
    pub version: i64,
}

/// Whether an agent takes chats.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ChatAvailability)]
pub struct Availability {
    pub agent_id: AgentId,
    pub name: String,
    pub state: Standing,
    pub chats: i64,
    pub most: i64,
    pub since: Option<Time>,
}

/// All that a thread's panel shows of its visitor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ChatVisitorPanel)]
pub struct ShownPanel {
    pub name: String,
    pub email: Option<String>,
    pub email_proof: Proof,
    pub fields: BTreeMap<String, String>,
    pub online: bool,
    pub page: Option<Page>,
    pub trail: Vec<Visit>,
    pub locale: Option<String>,
    pub agent: Option<String>,
    pub first_at: Time,
    /// The last answer that the visitor has read.
    pub read_id: MessageId,
    pub banned: bool,
    pub verified: bool,
}
