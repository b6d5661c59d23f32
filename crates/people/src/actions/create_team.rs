//! A team is made.

use base::Result;
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::events;
use crate::model::{Team, clean_name};
use crate::store;

pub struct CreateTeam;

#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TeamCreateInput)]
pub struct Input {
    pub name: String,
}

impl Action for CreateTeam {
    const NAME: &'static str = "team.create";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    type Output = Team;

    fn run(cx: &mut Cx, input: &Input) -> Result<Team> {
        let name = clean_name(&input.name, "name")?;
        let id = store::insert_team(cx, &name)?;
        cx.record(Note::new(events::TEAM_CREATED, "team", id.0))?;
        Ok(Team { id, name, archived: false, version: 1 })
    }
}
