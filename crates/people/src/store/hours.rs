//! Rows of the hours in which teams are at work.

use base::Result;
use journal::Cx;
use serde_json::Value;
use store::{p, row};

use crate::model::TeamId;

row! {
    pub struct TeamHours { pub schedule: Value, pub version: i64 }
}

pub fn find_hours(cx: &mut Cx, team: TeamId) -> Result<Option<TeamHours>> {
    cx.opt("SELECT schedule, version FROM team_hours WHERE team_id = $1", p![team])
}

/// JSON null stands for a team that is always at work.
pub fn set_hours(cx: &mut Cx, team: TeamId, schedule: &Value) -> Result<()> {
    cx.exec(
        "INSERT INTO team_hours (team_id, schedule, version) VALUES ($1, $2, 1)
         ON CONFLICT (team_id) DO UPDATE SET schedule = excluded.schedule, version = team_hours.version + 1",
        p![team, schedule],
    )
    .map(drop)
}
