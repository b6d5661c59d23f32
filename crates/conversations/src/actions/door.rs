//! The door by which verbs enter a conversation.

use base::Result;
use base::error::{conflict, invalid};
use journal::Cx;
use people::{AgentId, TeamId};

use crate::model::{ConversationId, Status};
use crate::store::conversation::{Conversation, claim_conversation};

/// The conversation locked for a change, if the caller may see it and it stands at the version that
/// the caller knows.
pub(super) fn enter(cx: &mut Cx, id: ConversationId, version: Option<i64>) -> Result<Conversation> {
    let scope = people::scope(cx)?;
    claim_conversation(cx, &scope, id, version)
}

/// As [`enter`], for verbs whose address names the conversation: by other ways it may be missing.
pub(super) fn enter_named(
    cx: &mut Cx,
    id: Option<ConversationId>,
    version: Option<i64>,
) -> Result<Conversation> {
    let missing = || invalid("conversation_missing", "Which conversation?").field("conversation_id");
    enter(cx, id.ok_or_else(missing)?, version)
}

/// As [`enter_named`], when it may still be written in.
pub(super) fn enter_open(
    cx: &mut Cx,
    id: Option<ConversationId>,
    version: Option<i64>,
) -> Result<Conversation> {
    let c = enter_named(cx, id, version)?;
    match c.status {
        Status::Closed => Err(conflict("conversation_closed", "This conversation is closed for good.")),
        _ => Ok(c),
    }
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
        && !people::is_team_in_use(cx, team)?
    {
        return Err(invalid("team_unknown", "This team does not exist.").field("team_id"));
    }
    Ok(())
}
