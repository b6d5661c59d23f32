//! What a third party answers stands beside the conversation: nobody becomes a customer or takes part by it.

use base::Result;
use journal::{Cx, Note};
use serde_json::json;

use super::arriving;
use super::begin::{Beginning, begin, put};
use crate::channel::Inbound;
use crate::events;
use crate::model::{Author, ConversationId, MessageId, MessageKind, SideId, Status};
use crate::store::conversation::{Conversation, find_any, save};
use crate::store::message::{Message, insert_message, insert_receipt};
use crate::store::side::{Side, find_any_side, find_side_by_references, set_conversation};

/// The side that a signed address names, else the one whose mail its own third party answers.
pub(super) fn find(cx: &mut Cx, input: &Inbound) -> Result<Option<Side>> {
    match input.signed {
        Some(id) => find_any_side(cx, SideId(id)),
        None => find_side_by_references(cx, &input.references, &input.from.address),
    }
}

pub(super) fn take_in(cx: &mut Cx, input: &Inbound, side: &Side) -> Result<(ConversationId, MessageId)> {
    let (mut c, fresh) = place(cx, side)?;
    let message = message(cx, input, c.id, side);
    let before = c.status;
    if !input.automatic && matches!(c.status, Status::Hold | Status::Solved) {
        c.status = Status::Open;
        c.status_at = cx.now();
    }
    c.last_inbound_id = message.id;
    c.last_activity_at = cx.now();
    if fresh {
        put(cx, &c)?
    } else {
        save(cx, &mut c)?
    }
    if fresh {
        set_conversation(cx, side.id, c.id)?;
    }
    insert_message(cx, &message)?;
    insert_receipt(cx, &input.receipt, message.id)?;
    arriving::keep_files(cx, input, message.id)?;
    let mut note = Note::new(events::SIDE_RECEIVED, "conversation", c.id.0)
        .with("message", message.id)
        .with("side", side.id);
    if before != c.status {
        note = note.change("status", before, c.status);
    }
    cx.record(note)?;
    Ok((c.id, message.id))
}

/// Where the side is, through joins; beside a conversation that is closed for good goes a follow-up.
fn place(cx: &mut Cx, side: &Side) -> Result<(Conversation, bool)> {
    let missing = || base::error::internal("a side without its conversation");
    let mut c = find_any(cx, side.conversation_id)?.ok_or_else(missing)?;
    for _ in 0..10 {
        match c.joined_into {
            Some(into) => c = find_any(cx, into)?.ok_or_else(missing)?,
            None => break,
        }
    }
    if c.status != Status::Closed {
        return Ok((c, false));
    }
    let with = Beginning {
        subject: c.subject.clone(),
        channel: c.channel.clone(),
        brand: c.brand_id,
        team: c.team_id,
        requester: c.requester_id,
        submitter: "system".to_owned(),
        author: Author::System,
    };
    let mut next = begin(cx, with)?;
    next.follow_up_of = Some(c.id);
    next.account = c.account;
    Ok((next, true))
}

fn message(cx: &Cx, input: &Inbound, conversation: ConversationId, side: &Side) -> Message {
    let mut marks = input.marks.clone();
    if input.automatic {
        marks.push("automatic".to_owned());
    }
    if base::text::fold(&input.from.address) != base::text::fold(&side.address) {
        marks.push("other_sender".to_owned());
    }
    Message {
        kind: MessageKind::Side,
        marks: json!(marks),
        side_id: Some(side.id),
        ..arriving::message(cx, input, conversation, Author::ThirdParty)
    }
}
