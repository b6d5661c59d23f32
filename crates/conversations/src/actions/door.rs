//! The door by which verbs enter a conversation.

use base::Result;
use base::error::invalid;
use journal::Cx;
pub(super) use people::acting_agent;
use people::{AgentId, TeamId};

use crate::model::ConversationId;
use crate::store::conversation::{Conversation, claim_conversation};

/// The conversation locked for a change, if the caller may see it and it stands at the version that
/// the caller knows.
pub(super) fn enter(cx: &mut Cx, id: ConversationId, version: Option<i64>) -> Result<Conversation> {
    let scope = people::scope(cx)?;
    claim_conversation(cx, &scope, id, version)
}
