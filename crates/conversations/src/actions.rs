//! One verb per file. All of them enter a conversation by the same door.

pub mod assign;
pub mod change;
pub mod delete;
pub mod draft;
pub mod follow;
pub mod join;
pub mod mark_spam;
pub mod move_on;
pub mod note;
pub mod read;
pub mod receive;
pub mod release;
pub mod reply;
pub mod resend;
pub mod set_rules;
pub mod set_status;
pub mod start;
pub mod upload;
pub mod withdraw;

use base::Result;
use journal::Cx;
use people::AgentId;

use crate::model::ConversationId;
use crate::store::conversation::{Conversation, claim_conversation};

/// The conversation locked for a change, if the caller may see it and it stands at the version that
/// the caller knows.
pub(crate) fn enter(cx: &mut Cx, id: ConversationId, version: Option<i64>) -> Result<Conversation> {
    let scope = people::scope(cx)?;
    claim_conversation(cx, &scope, id, version)
}

/// The agent who acts; what needs one refuses the others.
pub(crate) fn acting_agent(cx: &Cx) -> Result<AgentId> {
    cx.caller()
        .agent_id()
        .map(AgentId)
        .ok_or_else(|| base::error::forbidden("agents_only", "Only an agent can do this."))
}
