//! Who is in a team: the whole list at once.

use base::Result;
use base::error::invalid;
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::check_version;
use crate::events;
use crate::model::{AgentId, MOST_MEMBERS, TeamId};
use crate::store;

pub struct SetMembers;

#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TeamSetMembersInput)]
pub struct Input {
    pub team_id: TeamId,
    #[serde(default)]
    pub version: Option<i64>,
    pub agent_ids: Vec<AgentId>,
}

impl Action for SetMembers {
    const NAME: &'static str = "team.set_members";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Vec<AgentId>;

    fn run(cx: &mut Cx, input: &Input) -> Result<Vec<AgentId>> {
        if input.agent_ids.len() > MOST_MEMBERS {
            return Err(invalid("too_many_members", "A team has at most 1,000 members.").field("agent_ids"));
        }
        let team = store::get_team_locked(cx, input.team_id)?;
        check_version(input.version, team.version, &team)?;
        let before = store::list_members(cx, input.team_id)?;
        store::set_members(cx, input.team_id, &input.agent_ids)?;
        let after = store::list_members(cx, input.team_id)?;
        if after != before {
            let note = Note::new(events::TEAM_MEMBERS_CHANGED, "team", input.team_id.0);
            cx.record(note.change("agent_ids", &before, &after))?;
            let (team_id, version) = (input.team_id, Some(team.version + 1));
            cx.undoable::<SetMembers>(&Input { team_id, version, agent_ids: before })?;
        }
        Ok(after)
    }
}
