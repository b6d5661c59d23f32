//! What the queue shows on desks, live; and which agents have one open.

use base::Result;
use conversations::viewers::Shows;
use journal::{Cx, Event};
use people::AgentId;
use serde_json::{Value, json};
use web::{Attend, Desk};

use crate::events;
use crate::model::ChatId;
use crate::present;
use crate::store::agents::set_seen;
use crate::store::chats::find_chat;

/// Rows of the queue.
pub struct Queue;

const HEARD: &[&str] = &[
    events::BEGAN,
    events::RINGS,
    events::TAKEN,
    events::RETURNED,
    events::PASSED,
    events::MISSED,
    events::ENDED,
    events::CHANGED,
    events::AVAILABILITY,
];

impl Shows for Queue {
    fn hears(&self) -> &'static [&'static str] {
        HEARD
    }

    fn frame(&self, cx: &mut Cx<'_, '_>, event: &Event) -> Result<Option<Value>> {
        if event.name == events::AVAILABILITY {
            let state = event.changed("state").map(|change| change.after.clone());
            return Ok(Some(
                json!({"type": "chat_availability", "agent_id": event.subject_id, "state": state}),
            ));
        }
        let Some(id) = event.reference("chat") else { return Ok(None) };
        let Some(chat) = find_chat(cx, ChatId(id))? else { return Ok(None) };
        let row = present::row(cx, &chat)?;
        Ok(Some(json!({"type": "chat", "event": event.name, "chat": row})))
    }
}

/// Notes who has a desk open, so that whoever has none any more is away. It rings in a hidden tab, too.
pub struct Attendants;

impl Attend for Attendants {
    fn here(&self, cx: &mut Cx<'_, '_>, agent: i64, _: Desk) -> Result<()> {
        set_seen(cx, AgentId(agent))
    }
}
