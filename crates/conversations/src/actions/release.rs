//! Lets a held message go: from now on the world hears of it.

use base::Result;
use journal::{Cx, Note};

use crate::channel::channels;
use crate::events;
use crate::jobs::{Deliver, Release};
use crate::model::{Delivery, MessageId, MessageKind, ParticipantKind, Recipients};
use crate::store::conversation::find_any;
use crate::store::message::{Message, claim_any, set_delivery};
use crate::store::people::{Participant, insert_participant};

/// Does nothing when the message was taken back meanwhile.
pub fn release(cx: &mut Cx, id: MessageId) -> Result<()> {
    let message = claim_any(cx, id)?;
    if message.delivery != Some(Delivery::Held) {
        return Ok(());
    }
    set_delivery(cx, id, Delivery::Held, Delivery::Queued, None)?;
    take_part(cx, &message)?;
    let name = events::written(message.kind);
    cx.record(Note::new(name, "conversation", message.conversation_id.0).with("message", id))?;
    let since = Some(cx.now());
    cx.later(&Deliver { message: id, since, tries: 0 })
}

/// Whoever an answer goes to takes part from now on; a third party never does.
fn take_part(cx: &mut Cx, message: &Message) -> Result<()> {
    let Some(recipients) = message.recipients.clone().filter(|_| message.kind == MessageKind::Message) else {
        return Ok(());
    };
    let recipients: Recipients = serde_json::from_value(recipients)?;
    let Some(c) = find_any(cx, message.conversation_id)? else { return Ok(()) };
    // Of a channel that is switched off nobody can be recognised; the message itself waits for it.
    let Ok(channel) = channels(&cx.registry()).get(&message.channel) else { return Ok(()) };
    let (kind, requester) = (channel.identity_kind(), customers::resolve(cx, c.requester_id)?);
    let to = recipients.to.iter().map(|party| (party, ParticipantKind::To));
    let cc = recipients.cc.iter().map(|party| (party, ParticipantKind::Cc));
    for (party, place) in to.chain(cc) {
        let name = Some(party.name.as_str()).filter(|name| !name.is_empty());
        let customer_id = customers::recognise(cx, kind, &party.address, name, false)?.customer;
        if customer_id != requester {
            let one = Participant { customer_id, address: party.address.clone(), kind: place };
            insert_participant(cx, c.id, &one)?;
        }
    }
    Ok(())
}

/// A hold of no time takes the same path at once.
pub(super) fn due(cx: &mut Cx, message: &Message) -> Result<()> {
    match message.hold_until {
        Some(until) if until > cx.now() => cx.later_at(&Release { message: message.id }, until),
        _ => release(cx, message.id),
    }
}
