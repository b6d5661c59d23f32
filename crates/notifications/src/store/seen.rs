//! When each agent was last at a desk.

use base::{Result, Time};
use journal::Cx;
use people::AgentId;
use store::p;

pub fn find_seen(cx: &mut Cx, agent: AgentId) -> Result<Option<Time>> {
    let row: Option<(Time,)> =
        cx.opt("SELECT seen_at FROM notifications_seen WHERE agent_id = $1", p![agent])?;
    Ok(row.map(|(at,)| at))
}

pub fn set_seen(cx: &mut Cx, agent: AgentId) -> Result<()> {
    let now = cx.now();
    cx.exec(
        "INSERT INTO notifications_seen (agent_id, seen_at) VALUES ($1, $2)
         ON CONFLICT (agent_id) DO UPDATE SET seen_at = excluded.seen_at",
        p![agent, now],
    )
    .map(drop)
}
