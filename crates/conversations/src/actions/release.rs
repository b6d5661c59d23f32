//! Lets a held message go: from now on the world hears of it.

use base::Result;
use journal::{Cx, Note};

use crate::events;
use crate::jobs::{Deliver, Release};
use crate::model::{Delivery, MessageId};
use crate::store::message::{Message, claim_any, set_delivery};

/// Does nothing when the message was taken back meanwhile.
pub fn release(cx: &mut Cx, id: MessageId) -> Result<()> {
    let message = claim_any(cx, id)?;
    if message.delivery != Some(Delivery::Held) {
        return Ok(());
    }
    set_delivery(cx, id, Delivery::Held, Delivery::Queued, None)?;
    cx.record(Note::new(events::WRITTEN, "conversation", message.conversation_id.0).with("message", id))?;
    cx.later(&Deliver { message: id })
}

/// A hold of no time takes the same path at once.
pub(super) fn due(cx: &mut Cx, message: &Message) -> Result<()> {
    match message.hold_until {
        Some(until) if until > cx.now() => cx.later_at(&Release { message: message.id }, until),
        _ => release(cx, message.id),
    }
}
