//! A team is at work at these hours.

use base::error::{invalid, not_found};
use base::{Result, Time};
use hours::{Hours, Schedule};
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::check_version;
use crate::events;
use crate::model::TeamId;
use crate::store;

pub struct SetHours;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TeamHoursInput)]
pub struct Input {
    pub team_id: TeamId,
    /// None: always at work.
    #[schema(value_type = Option<Object>)]
    pub schedule: Option<Schedule>,
    #[serde(default)]
    pub version: Option<i64>,
}

/// A team's hours with what they mean just now.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct TeamHoursView {
    pub team_id: TeamId,
    #[schema(value_type = Option<Object>)]
    pub schedule: Option<Schedule>,
    /// 0 until somebody has set hours.
    pub version: i64,
    pub open: bool,
    pub next_open: Option<Time>,
}

impl Action for SetHours {
    const NAME: &'static str = "team.set_hours";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = TeamHoursView;

    fn run(cx: &mut Cx, input: &Input) -> Result<TeamHoursView> {
        store::get_team_locked(cx, input.team_id)?;
        if let Some(schedule) = &input.schedule {
            Hours::new(schedule).map_err(|why| {
                invalid("schedule_invalid", format!("These hours don't work: {why}.")).field("schedule")
            })?;
        }
        let before = view(cx, input.team_id)?;
        check_version(input.version, before.version, &before)?;
        if before.schedule == input.schedule {
            return Ok(before);
        }
        store::set_hours(cx, input.team_id, &serde_json::to_value(&input.schedule)?)?;
        cx.record(Note::new(events::TEAM_HOURS_CHANGED, "team", input.team_id.0))?;
        let version = Some(before.version + 1);
        cx.undoable::<SetHours>(&Input { team_id: input.team_id, schedule: before.schedule, version })?;
        view(cx, input.team_id)
    }
}

/// As they are stored, and what follows for this moment.
pub fn view(cx: &mut Cx, team_id: TeamId) -> Result<TeamHoursView> {
    store::find_team(cx, team_id)?.ok_or_else(|| not_found("team_not_found"))?;
    let found = store::find_hours(cx, team_id)?;
    let version = found.as_ref().map_or(0, |found| found.version);
    let schedule: Option<Schedule> = match found {
        Some(found) => serde_json::from_value(found.schedule)?,
        None => None,
    };
    let now = cx.now().stamp();
    let hours = schedule.as_ref().and_then(|schedule| Hours::new(schedule).ok());
    let open = hours.as_ref().is_none_or(|hours| hours.is_open(now));
    let next = hours.filter(|_| !open).and_then(|hours| hours.next_open(now));
    Ok(TeamHoursView {
        team_id,
        schedule,
        version,
        open,
        next_open: next.map(|at| Time(at.as_millisecond())),
    })
}
