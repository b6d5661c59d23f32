//! Hands a conversation to an agent, to a team, or back.

use base::Result;
use journal::{Action, Cx, Note, Risk};
use people::{AgentId, TeamId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::{enter, must_be_there};
use crate::events;
use crate::model::{ConversationId, after_answer};
use crate::present::{self, Row};
use crate::store::conversation::save;

pub struct Assign;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConversationAssignInput)]
pub struct Input {
    pub conversation_id: ConversationId,
    pub assignee_id: Option<AgentId>,
    pub team_id: Option<TeamId>,
    #[serde(default)]
    pub version: Option<i64>,
}

impl Action for Assign {
    const NAME: &'static str = "conversation.assign";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Row;

    fn run(cx: &mut Cx, input: &Input) -> Result<Row> {
        let mut c = enter(cx, input.conversation_id, input.version)?;
        // What it has already may stay, gone as it may be by now.
        let agent = input.assignee_id.filter(|agent| c.assignee_id != Some(*agent));
        must_be_there(cx, agent, input.team_id.filter(|team| c.team_id != Some(*team)))?;
        if (c.assignee_id, c.team_id) == (input.assignee_id, input.team_id) {
            return present::row(cx, c);
        }
        let back = Input { assignee_id: c.assignee_id, team_id: c.team_id, version: None, ..input.clone() };
        let before = (c.assignee_id, c.team_id, c.status);
        (c.assignee_id, c.team_id) = (input.assignee_id, input.team_id);
        if input.assignee_id.is_some() {
            c.status = after_answer(c.status);
        }
        if c.status != before.2 {
            c.status_at = cx.now();
        }
        save(cx, &mut c)?;
        cx.record(
            Note::new(events::ASSIGNED, "conversation", c.id.0)
                .change("assignee_id", before.0, c.assignee_id)
                .change("team_id", before.1, c.team_id)
                .change("status", before.2, c.status),
        )?;
        cx.undoable::<Assign>(&back)?;
        present::row(cx, c)
    }
}
