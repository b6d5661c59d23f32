//! What agents have chosen.

use base::Result;
use journal::Cx;
use people::AgentId;
use store::p;

use crate::model::Choices;

/// Who has chosen nothing gets what most want.
pub fn get_choices(cx: &mut Cx, agent: AgentId) -> Result<Choices> {
    let found = cx.opt(
        "SELECT mentioned, assigned, replied, unassigned, undelivered, at_desk, version
         FROM notifications_choices WHERE agent_id = $1",
        p![agent],
    )?;
    Ok(found.unwrap_or_default())
}

pub fn set_choices(cx: &mut Cx, agent: AgentId, c: &Choices) -> Result<()> {
    cx.exec(
        "INSERT INTO notifications_choices
             (agent_id, mentioned, assigned, replied, unassigned, undelivered, at_desk, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (agent_id) DO UPDATE SET mentioned = excluded.mentioned, assigned = excluded.assigned,
             replied = excluded.replied, unassigned = excluded.unassigned,
             undelivered = excluded.undelivered, at_desk = excluded.at_desk, version = excluded.version",
        p![agent, c.mentioned, c.assigned, c.replied, c.unassigned, c.undelivered, c.at_desk, c.version],
    )
    .map(drop)
}
