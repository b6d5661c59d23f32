//! What an agent has written away from the desk.

use people::AgentId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{ConversationId, Party};
use crate::notices::Words;

/// Whoever calls this has judged who wrote it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConversationWriteBackInput)]
pub struct Input {
    pub conversation_id: ConversationId,
    /// Whoever has proven to have written it.
    pub agent: Option<AgentId>,
    /// Who it says that it is from.
    pub from: Party,
    /// For the customer; else it is a note.
    pub answer: bool,
    /// A code that says why it stays inside, whatever it was meant for.
    pub parked: Option<String>,
    pub words: Words,
}
