//! What the queue shows on desks, live; and which agents have one open.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use base::Result;
use conversations::viewers::Shows;
use journal::{Caller, Cx, Event, Workspace};
use people::AgentId;
use serde_json::{Value, json};
use web::{Attend, Later};

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

/// An agent with several windows is noted once in a while, not with each of their beats.
const NOTED_EVERY: Duration = Duration::from_secs(15);

/// Notes who has a desk open, so that whoever has none any more is away.
#[derive(Default)]
pub struct Attendants(Mutex<HashMap<(String, i64), Instant>>);

impl Attendants {
    fn is_due(&self, house: &Workspace, agent: i64) -> bool {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        noted.retain(|_, at| at.elapsed() < NOTED_EVERY);
        let key = (house.name.clone(), agent);
        if noted.contains_key(&key) {
            return false;
        }
        noted.insert(key, Instant::now());
        true
    }
}

impl Attend for Attendants {
    fn here<'a>(&'a self, house: &'a Arc<Workspace>, agent: i64) -> Later<'a, ()> {
        Box::pin(async move {
            if !self.is_due(house, agent) {
                return;
            }
            let noted = house.write(Caller::system(), move |cx| set_seen(cx, AgentId(agent))).await;
            if let Err(error) = noted {
                tracing::warn!(?error, "an agent's presence could not be noted");
            }
        })
    }
}
