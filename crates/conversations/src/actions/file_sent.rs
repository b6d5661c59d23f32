//! Files an answer that an agent has sent elsewhere, such as from the mail program: it stands in its
//! conversation as sent, and is never sent again.

use base::Result;
use base::error::invalid;
use customers::CustomerId;
use journal::{Action, Cx, Note, Risk};
use serde_json::json;

use super::arriving;
use super::begin::{Beginning, begin};
use super::belongs::{Placed, belongs_to, keep};
use super::receive::Received;
use crate::channel::{Arrival, Inbound};
use crate::model::{
    Author, ConversationId, Delivery, Direction, LONGEST_SUBJECT, MessageId, Party, Recipients, Status,
    after_answer, preview,
};
use crate::store::conversation::Conversation;
use crate::store::message::{Message, find_receipt, insert_message, insert_receipt};
use crate::store::thread::has_source_id;

/// So many of those whom it went to are asked whose conversation it belongs to.
const MOST_ASKED: usize = 48;

/// `from` is the account that it was sent from, `to` and `cc` are whom it went to.
pub struct FileSent;

impl Action for FileSent {
    const NAME: &'static str = "conversation.file_sent";
    const RISK: Risk = Risk::Irreversible;
    type Input = Inbound;
    type Output = Received;

    fn run(cx: &mut Cx, input: &Inbound) -> Result<Received> {
        // Servers keep a copy of what we have sent ourselves.
        let ours = match &input.source_id {
            Some(source_id) => has_source_id(cx, source_id)?,
            None => false,
        };
        if ours || find_receipt(cx, &input.receipt)?.is_some() {
            let (conversation_id, message_id) = (ConversationId(0), MessageId(0));
            return Ok(Received { conversation_id, message_id, repeated: true, blocked: false });
        }
        let Some(party) = input.to.iter().chain(&input.cc).find(|party| !party.address.is_empty()) else {
            return Err(invalid("sent_to_nobody", "This mail names nobody that it was sent to."));
        };
        let (mut c, fresh) = place(cx, input, party)?;
        let message = message(cx, input, c.id);
        let note = show(cx, input, &mut c, &message, fresh);
        keep(cx, input, &mut c, if fresh { Placed::Fresh } else { Placed::Joined })?;
        insert_message(cx, &message)?;
        insert_receipt(cx, &input.receipt, message.id)?;
        arriving::keep_files(cx, input, message.id)?;
        cx.record(note)?;
        Ok(Received { conversation_id: c.id, message_id: message.id, repeated: false, blocked: false })
    }
}

/// The conversation of the message that it answers, with one of those whom it went to; else one of its own,
/// which waits for an answer.
fn place(cx: &mut Cx, input: &Inbound, party: &Party) -> Result<(Conversation, bool)> {
    for other in input.to.iter().chain(&input.cc).filter(|other| !other.address.is_empty()).take(MOST_ASKED) {
        let whom = recognise(cx, input, other)?;
        if let Some(c) = belongs_to(cx, input, whom)? {
            return Ok((c, false));
        }
    }
    let requester = recognise(cx, input, party)?;
    let with = Beginning {
        subject: base::text::cut(input.subject.trim(), LONGEST_SUBJECT).to_owned(),
        channel: input.channel.clone(),
        brand: input.brand,
        team: input.team,
        requester,
        submitter: "channel".to_owned(),
        author: Author::Agent,
    };
    Ok((begin(cx, with)?, true))
}

fn recognise(cx: &mut Cx, input: &Inbound, party: &Party) -> Result<CustomerId> {
    let name = Some(party.name.as_str()).filter(|name| !name.is_empty());
    Ok(customers::recognise(cx, input.identity_kind, &party.address, name, false)?.customer)
}

/// Whoever answers elsewhere has answered; who it was, nobody has told.
fn show(cx: &mut Cx, input: &Inbound, c: &mut Conversation, message: &Message, fresh: bool) -> Note {
    if input.arrival == Arrival::History {
        return arriving::file(input, c, message, fresh);
    }
    let before = c.status;
    c.status = if fresh { Status::Pending } else { after_answer(c.status) };
    if c.status != before {
        c.status_at = cx.now();
    }
    c.preview = preview(&message.text);
    c.last_author = Author::Agent;
    c.last_message_id = message.id;
    c.last_activity_at = cx.now();
    c.account.get_or_insert_with(|| input.account.clone());
    let note = arriving::filed(c, message);
    if before == c.status { note } else { note.change("status", before, c.status) }
}

fn message(cx: &Cx, input: &Inbound, conversation: ConversationId) -> Message {
    let recipients = Recipients {
        from: Some(input.from.clone()),
        to: input.to.clone(),
        cc: input.cc.clone(),
        bcc: Vec::new(),
    };
    let mut marks = input.marks.clone();
    marks.push("sent_elsewhere".to_owned());
    Message {
        direction: Direction::Out,
        recipients: Some(json!(recipients)),
        marks: json!(marks),
        delivery: Some(Delivery::Delivered),
        ..arriving::message(cx, input, conversation, Author::Agent)
    }
}
