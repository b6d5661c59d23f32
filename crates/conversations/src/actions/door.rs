//! The door by which verbs enter a conversation.

use base::Result;
use base::error::invalid;
use journal::Cx;
use people::{AgentId, TeamId};

use crate::model::ConversationId;
use crate::store::conversation::{Conversation, claim_conversation};

/// The conversation locked for a change, if the caller may see it and it stands at the version that
/// the caller knows.
pub(super) fn enter(cx: &mut Cx, id: ConversationId, version: Option<i64>) -> Result<Conversation> {
    let scope = people::scope(cx)?;
    claim_conversation(cx, &scope, id, version)
}

/// The agent who acts; what needs one refuses the others.
pub(super) fn acting_agent(cx: &Cx) -> Result<AgentId> {
    people::acting_agent(cx)
}

/// Work goes to people who are here.
pub(super) fn must_be_there(cx: &mut Cx, agent: Option<AgentId>, team: Option<TeamId>) -> Result<()> {
    if let Some(agent) = agent
        && !people::is_active(cx, agent)?
    {
        return Err(invalid("assignee_inactive", "This agent is not active.").field("assignee_id"));
    }
    if let Some(team) = team
        && !people::teams(cx)?.iter().any(|t| t.id == team)
    {
        return Err(invalid("team_unknown", "This team does not exist.").field("team_id"));
    }
    Ok(())
}
