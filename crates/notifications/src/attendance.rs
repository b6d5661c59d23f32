//! Notes which agents have a desk open.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use journal::{Caller, Workspace};
use people::AgentId;
use web::{Attend, Later};

use crate::store::seen::set_seen;

/// An agent with several windows is noted once in a while, not with each of their beats.
const NOTED_EVERY: Duration = Duration::from_secs(30);

/// Remembers for a moment whom it has noted.
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
                tracing::warn!(?error, "it could not be noted that an agent is at a desk");
            }
        })
    }
}
