//! Slips of later work.

use base::Time;
use journal::{Job, Lane};
use serde::{Deserialize, Serialize};

use crate::model::MessageId;

/// Lets a held message go when its time has come.
#[derive(Debug, Serialize, Deserialize)]
pub struct Release {
    pub message: MessageId,
}

impl Job for Release {
    const NAME: &'static str = "conversations.release";
}

/// Hands a queued message to its channel.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Deliver {
    pub message: MessageId,
    /// When it was put down; what is put off is tried again until a limit after this.
    #[serde(default)]
    pub since: Option<Time>,
    /// How often it was put off since then.
    #[serde(default)]
    pub tries: i64,
}

impl Job for Deliver {
    const NAME: &'static str = "conversations.deliver";
    const LANE: Lane = Lane::Slow;

    fn key(&self) -> Option<String> {
        Some(format!("conversations.deliver:{}", self.message))
    }
}
