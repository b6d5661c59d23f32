//! Whether a team is at work just now, and when it is next.

use base::{Result, Time};
use journal::Cx;
use people::TeamId;

/// Without hours somebody is always expected. What has no team goes to the first one.
pub fn open(cx: &mut Cx, team: Option<TeamId>) -> Result<(bool, Option<Time>)> {
    let team = match team {
        Some(team) => Some(team),
        None => people::team_default(cx)?,
    };
    let Some(team) = team else { return Ok((true, None)) };
    let Some(schedule) = people::hours(cx, team)? else { return Ok((true, None)) };
    let Ok(hours) = ::hours::Hours::new(&schedule) else { return Ok((true, None)) };
    let now = cx.now().stamp();
    if hours.is_open(now) {
        return Ok((true, None));
    }
    Ok((false, hours.next_open(now).map(|at| Time(at.as_millisecond()))))
}
