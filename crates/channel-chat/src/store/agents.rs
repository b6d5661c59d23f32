//! Rows of agents who take chats, or don't.

use base::{Result, Time};
use journal::Cx;
use people::AgentId;
use store::{p, row};

use crate::model::Standing;

row! {
    #[derive(Clone, Debug)]
    pub struct ChatAgent { pub agent_id: AgentId, pub state: Standing, pub since: Time, pub seen_at: Time }
}

pub fn find_agent(cx: &mut Cx, agent: AgentId) -> Result<Option<ChatAgent>> {
    cx.opt("SELECT agent_id, state, since, seen_at FROM chat_agents WHERE agent_id = $1", p![agent])
}

pub fn list_agents(cx: &mut Cx) -> Result<Vec<ChatAgent>> {
    cx.all("SELECT agent_id, state, since, seen_at FROM chat_agents ORDER BY agent_id LIMIT 1000", p![])
}

/// Whoever says so is here.
pub fn put_agent(cx: &mut Cx, agent: AgentId, state: Standing) -> Result<()> {
    let now = cx.now();
    cx.exec(
        "INSERT INTO chat_agents (agent_id, state, since, seen_at) VALUES ($1, $2, $3, $3)
         ON CONFLICT (agent_id) DO UPDATE SET state = excluded.state, seen_at = excluded.seen_at,
             since = CASE WHEN chat_agents.state = excluded.state THEN chat_agents.since ELSE excluded.since END",
        p![agent, state, now],
    )
    .map(drop)
}

/// Notes that the agent has a desk open; who never took chats has no row and gets none.
pub fn set_seen(cx: &mut Cx, agent: AgentId) -> Result<()> {
    let now = cx.now();
    cx.exec("UPDATE chat_agents SET seen_at = $2 WHERE agent_id = $1 AND seen_at < $2", p![agent, now])
        .map(drop)
}

/// Who is gone and still counts as available, or still holds chats.
pub fn list_gone(cx: &mut Cx, before: Time) -> Result<Vec<ChatAgent>> {
    cx.all(
        "SELECT agent_id, state, since, seen_at FROM chat_agents a WHERE seen_at < $1 AND (state = 'available'
             OR EXISTS (SELECT 1 FROM chat_chats c WHERE c.taker_id = a.agent_id AND c.state = 'taken'))
         ORDER BY seen_at LIMIT 100",
        p![before],
    )
}

pub fn set_away(cx: &mut Cx, agent: AgentId) -> Result<()> {
    let now = cx.now();
    cx.exec("UPDATE chat_agents SET state = 'away', since = $2 WHERE agent_id = $1", p![agent, now]).map(drop)
}
