//! What became of messages, as screens are shown it.

use std::collections::BTreeMap;

use base::{Result, Time};
use journal::{Cx, Who};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{Direction, FateState, MessageId};
use crate::store::fate::{Fate, list_fates};
use crate::store::message::Message;

/// What became of a message for one of its recipients, as a machine reports.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = MessageFate)]
pub struct ShownFate {
    pub address: String,
    pub state: FateState,
    /// Nobody is there, now or later.
    pub hard: bool,
    /// The class of the cause, such as `mailbox_full`.
    pub cause: String,
    /// The enhanced status (RFC 3463).
    pub status: Option<String>,
    /// Words of the other server.
    pub words: String,
    pub at: Time,
}

/// Only what went out has a fate, and customers are not told of each other's.
pub(super) fn of(cx: &mut Cx, found: &[Message]) -> Result<BTreeMap<MessageId, Vec<ShownFate>>> {
    let out: Vec<MessageId> = found.iter().filter(|m| m.direction == Direction::Out).map(|m| m.id).collect();
    let mut fates: BTreeMap<MessageId, Vec<ShownFate>> = BTreeMap::new();
    if out.is_empty() || matches!(cx.caller().who, Who::Customer { .. }) {
        return Ok(fates);
    }
    for fate in list_fates(cx, &out)? {
        fates.entry(fate.message_id).or_default().push(shown_fate(fate));
    }
    Ok(fates)
}

fn shown_fate(fate: Fate) -> ShownFate {
    ShownFate {
        address: fate.address,
        state: fate.state,
        hard: fate.hard,
        cause: fate.cause,
        status: fate.status,
        words: fate.words,
        at: fate.at,
    }
}
