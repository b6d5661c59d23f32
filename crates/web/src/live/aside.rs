//! What is told once to whoever looks at a conversation just now, and then forgotten: somebody types, has read.

use journal::Workspace;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// As it travels between nodes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Aside {
    #[serde(rename = "aside")]
    pub conversation: i64,
    pub what: Value,
}

/// Tells all desks that look at this conversation; who misses it misses nothing.
pub fn aside(house: &Workspace, conversation: i64, what: Value) {
    if let Ok(text) = serde_json::to_string(&Aside { conversation, what }) {
        house.db.bell().whisper(text);
    }
}
