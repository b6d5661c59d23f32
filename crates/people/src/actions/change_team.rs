//! A team gets another name, is put away, or comes back.

use base::Result;
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::check_version;
use crate::events;
use crate::model::{Team, TeamId, clean_name};
use crate::store;

pub struct ChangeTeam;

/// What is absent stays as it is.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TeamChangeInput)]
pub struct Input {
    pub team_id: TeamId,
    #[serde(default)]
    pub version: Option<i64>,
    #[serde(default)]
    pub name: Option<String>,
    /// An archived team keeps its members and what it has, and is offered no more.
    #[serde(default)]
    pub archived: Option<bool>,
}

impl Action for ChangeTeam {
    const NAME: &'static str = "team.change";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Team;

    fn run(cx: &mut Cx, input: &Input) -> Result<Team> {
        let before = store::get_team_locked(cx, input.team_id)?;
        check_version(input.version, before.version, &before)?;
        let mut after = before.clone();
        if let Some(name) = &input.name {
            after.name = clean_name(name, "name")?;
        }
        after.archived = input.archived.unwrap_or(before.archived);
        if after == before {
            return Ok(before);
        }
        store::set_team(cx, &after)?;
        let mut note = Note::new(events::TEAM_CHANGED, "team", after.id.0);
        if before.archived != after.archived {
            note = note.change("archived", before.archived, after.archived);
        }
        // Names stand in no event: that it changed is told, not how.
        if before.name != after.name {
            note = note.with("renamed", true);
        }
        cx.record(note)?;
        let version = Some(before.version + 1);
        let (team_id, name, archived) = (before.id, Some(before.name), Some(before.archived));
        cx.undoable::<ChangeTeam>(&Input { team_id, version, name, archived })?;
        Ok(Team { version: before.version + 1, ..after })
    }
}
