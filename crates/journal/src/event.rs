//! Events: what happened, written in the transaction in which it happened.

use base::Time;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// Deeper chains of cause and effect than this are parked: something answers itself.
pub const DEEPEST: i64 = 8;

/// What a verb says has happened; [`Cx::record`](crate::Cx::record) adds who, when and why.
#[derive(Clone, Debug)]
pub struct Note {
    pub(crate) name: &'static str,
    pub(crate) version: i64,
    pub(crate) subject: &'static str,
    pub(crate) subject_id: i64,
    pub(crate) changes: Vec<Change>,
    pub(crate) refs: Map<String, Value>,
}

/// A field's value before and after; never a body, a name or an address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    pub field: String,
    pub before: Value,
    pub after: Value,
}

impl Note {
    /// `name` is `noun.past_tense`; `subject` is the noun whose history this belongs to.
    pub fn new(name: &'static str, subject: &'static str, subject_id: impl Into<i64>) -> Note {
        let subject_id = subject_id.into();
        Note { name, version: 1, subject, subject_id, changes: Vec::new(), refs: Map::new() }
    }

    pub fn change(mut self, field: &str, before: impl Serialize, after: impl Serialize) -> Note {
        self.changes.push(Change { field: field.to_owned(), before: json!(before), after: json!(after) });
        self
    }

    /// Names another row that the event is about, such as the message of a conversation.
    pub fn with(mut self, name: &str, id: impl Serialize) -> Note {
        self.refs.insert(name.to_owned(), json!(id));
        self
    }
}

/// An event as it is read back.
#[derive(Clone, Debug)]
pub struct Event {
    pub id: i64,
    /// Dense, in the order in which commits became visible: what durable readers follow.
    pub seq: i64,
    pub name: String,
    pub version: i64,
    pub at: Time,
    pub caller: String,
    pub caller_id: Option<i64>,
    pub behalf: Option<String>,
    pub cause: Option<String>,
    pub depth: i64,
    pub subject: String,
    pub subject_id: i64,
    pub changes: Vec<Change>,
    pub refs: Map<String, Value>,
}

impl Event {
    pub fn reference(&self, name: &str) -> Option<i64> {
        self.refs.get(name).and_then(Value::as_i64)
    }

    pub fn changed(&self, field: &str) -> Option<&Change> {
        self.changes.iter().find(|c| c.field == field)
    }

    /// The agent who caused it, also through a token.
    pub fn agent_id(&self) -> Option<i64> {
        match self.caller.as_str() {
            "agent" => self.caller_id,
            "token" => self.behalf.as_deref()?.strip_prefix("agent:")?.parse().ok(),
            _ => None,
        }
    }
}
