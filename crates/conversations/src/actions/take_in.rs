//! Takes in what a customer has sent: from whom, into which conversation.

use base::Result;
use customers::CustomerId;
use journal::Cx;
use serde_json::json;

use super::arriving;
use super::belongs::{Placed, keep, place};
use crate::channel::{Arrival, Inbound, channels};
use crate::model::{Author, ConversationId, MessageId, ParticipantKind};
use crate::store::conversation::{Conversation, find_any};
use crate::store::message::{Message, insert_message, insert_receipt};
use crate::store::people::{Participant, insert_participant, is_participant};
use crate::store::thread::has_source_id;

/// Further recipients than this are not made customers.
const MOST_OTHERS: usize = 48;

pub(super) fn take_in(cx: &mut Cx, input: &Inbound) -> Result<(ConversationId, MessageId)> {
    let sender = recognise(cx, input)?;
    let (mut c, placed) = place(cx, input, sender.customer)?;
    let marks = marks(cx, input, &c, &sender, placed)?;
    let message = message(cx, input, c.id, &sender, marks);
    let outside = marked_outside(&message);
    let note = match input.arrival {
        Arrival::History => arriving::file(input, &mut c, &message, placed == Placed::Fresh),
        Arrival::Live | Arrival::Quiet => arriving::show(cx, input, &mut c, &message, outside)?,
    };
    let note = match placed {
        Placed::Fresh | Placed::FollowUp => note.with("began", true),
        Placed::Joined => note,
    };
    keep(cx, input, &mut c, placed)?;
    insert_message(cx, &message)?;
    insert_receipt(cx, &input.receipt, message.id)?;
    if let Some(twin) = &input.hints.twin {
        insert_receipt(cx, twin, message.id)?;
    }
    arriving::keep_files(cx, input, message.id)?;
    add_participants(cx, input, &c, &sender)?;
    cx.record(note)?;
    customers::put_timeline(
        cx,
        sender.customer,
        message.created_at,
        "message",
        "timeline-message-received",
        json!({"conversation": c.id, "number": c.number, "channel": c.channel}),
    )?;
    Ok((c.id, message.id))
}

/// Who wrote, and whether that is more than a claim.
struct Sender {
    customer: CustomerId,
    verified: bool,
}

/// A claim, unless the channel vouches for the sender. An answer through a signed address vouches
/// only for those who take part in that conversation: it may have been forwarded to somebody else.
fn recognise(cx: &mut Cx, input: &Inbound) -> Result<Sender> {
    let name = Some(input.from.name.as_str()).filter(|n| !n.is_empty());
    let address = &input.from.address;
    let claimed = customers::recognise(cx, input.identity_kind, address, name, false)?;
    let vouched = match input.signed {
        Some(id) => input.verified && takes_part(cx, ConversationId(id), claimed.customer)?,
        None => input.verified,
    };
    if !input.automatic {
        customers::clear_trouble(cx, input.identity_kind, address)?;
    }
    if vouched {
        customers::recognise(cx, input.identity_kind, address, name, true)?;
    }
    Ok(Sender { customer: claimed.customer, verified: vouched })
}

fn takes_part(cx: &mut Cx, id: ConversationId, customer: CustomerId) -> Result<bool> {
    match find_any(cx, id)? {
        Some(c) if c.requester_id == customer => Ok(true),
        Some(c) => {
            Ok(is_participant(cx, c.id, customer)? || customers::resolve(cx, c.requester_id)? == customer)
        }
        None => Ok(false),
    }
}

fn marks(
    cx: &mut Cx,
    input: &Inbound,
    c: &Conversation,
    sender: &Sender,
    placed: Placed,
) -> Result<Vec<String>> {
    let mut marks = input.marks.clone();
    let mut mark = |name: &str| marks.push(name.to_owned());
    if !sender.verified {
        mark("claimed_sender");
    }
    if input.automatic {
        mark("automatic");
    }
    if placed == Placed::FollowUp {
        mark("follow_up");
    }
    let outside = placed == Placed::Joined
        && c.requester_id != sender.customer
        && !is_participant(cx, c.id, sender.customer)?;
    if outside {
        mark("not_participant");
    }
    if let Some(source_id) = &input.source_id
        && has_source_id(cx, source_id)?
    {
        mark("same_message_id");
    }
    Ok(marks)
}

fn marked_outside(message: &Message) -> bool {
    message.marks.as_array().is_some_and(|marks| marks.iter().any(|mark| mark == "not_participant"))
}

fn message(
    cx: &Cx,
    input: &Inbound,
    conversation: ConversationId,
    sender: &Sender,
    marks: Vec<String>,
) -> Message {
    Message {
        author_id: Some(sender.customer.0),
        author_verified: sender.verified,
        marks: json!(marks),
        ..arriving::message(cx, input, conversation, Author::Customer)
    }
}

/// Whoever got the message by name takes part; our own addresses never do.
fn add_participants(cx: &mut Cx, input: &Inbound, c: &Conversation, sender: &Sender) -> Result<()> {
    let own = channels(&cx.registry()).get(&input.channel).ok();
    let mut seen = vec![sender.customer, c.requester_id];
    let to = input.to.iter().map(|p| (p, ParticipantKind::To));
    let cc = input.cc.iter().map(|p| (p, ParticipantKind::Cc));
    for (party, kind) in to.chain(cc).take(MOST_OTHERS) {
        let is_own = match &own {
            Some(channel) => channel.is_own(cx, &party.address)?,
            None => false,
        };
        if is_own || party.address.is_empty() {
            continue;
        }
        let name = Some(party.name.as_str()).filter(|n| !n.is_empty());
        let folded = base::text::fold(&party.address);
        let is_list = input.lists.iter().any(|list| base::text::fold(list) == folded);
        let kind = if is_list { ParticipantKind::List } else { kind };
        let customer = customers::recognise(cx, input.identity_kind, &party.address, name, false)?.customer;
        if !seen.contains(&customer) {
            seen.push(customer);
            let address = party.address.clone();
            insert_participant(cx, c.id, &Participant { customer_id: customer, address, kind })?;
        }
    }
    Ok(())
}
