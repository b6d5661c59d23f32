//! What an arriving message makes of its conversation: now, or filed among earlier days.

use base::{Result, Time};
use journal::{Cx, Note};
use serde_json::{Value, json};

use super::attach::attach;
use crate::channel::{Arrival, Inbound};
use crate::events;
use crate::model::{
    Author, ConversationId, Direction, MessageId, Party, Recipients, Shelf, Status, after_customer_message,
    preview,
};
use crate::store::conversation::Conversation;
use crate::store::message::Message;

/// A customer's message opens what waited; what a machine wrote only stands in the thread. Answers what
/// is to be told of it.
pub(super) fn show(
    cx: &mut Cx,
    input: &Inbound,
    c: &mut Conversation,
    message: &Message,
    outside: bool,
) -> Result<Note> {
    let before = (c.status, c.assignee_id);
    // Somebody who does not take part answers for nobody: what waits goes on waiting, but is seen as unread.
    let waits = outside && matches!(c.status, Status::Pending | Status::Hold);
    if !input.automatic && !waits {
        c.status = after_customer_message(c.status);
        if let Some(agent) = c.assignee_id
            && !people::is_active(cx, agent)?
        {
            c.assignee_id = None;
        }
    }
    if c.status != before.0 {
        c.status_at = cx.now();
    }
    c.preview = preview(&message.text);
    c.channel = message.channel.clone();
    c.last_author = Author::Customer;
    c.last_message_id = message.id;
    c.last_inbound_id = message.id;
    c.last_activity_at = cx.now();
    c.account = Some(input.account.clone());
    let mut note = Note::new(events::RECEIVED, "conversation", c.id.0).with("message", message.id);
    // For clocks: these are no words of the customer.
    if outside {
        note = note.with("outside", true);
    }
    // Written long ago: nobody is told of it outside of the desk.
    if input.arrival == Arrival::Quiet {
        note = note.with("quiet", true);
    }
    if input.automatic {
        note = note.with("automatic", true);
    }
    if before.0 != c.status {
        note = note.change("status", before.0, c.status);
    }
    if before.1 != c.assignee_id {
        note = note.change("assignee_id", before.1, Value::Null);
    }
    Ok(note)
}

/// When a message counts as written: now, or for one of earlier days when its sender says.
pub(super) fn time_of(cx: &Cx, input: &Inbound) -> Time {
    match (input.arrival, input.sent_at) {
        (Arrival::History, Some(sent)) => sent.min(cx.now()),
        _ => cx.now(),
    }
}

/// A message of earlier days: a conversation of its own is solved from the beginning; one that was there keeps
/// its status, and what is newer in it stays in front. Nobody has it as unread.
pub(super) fn file(input: &Inbound, c: &mut Conversation, message: &Message, fresh: bool) -> Note {
    let at = message.created_at;
    if fresh {
        c.status = Status::Solved;
        c.shelf = Shelf::Solved;
        c.created_at = at;
        c.status_at = at;
    }
    if fresh || at >= c.last_activity_at {
        c.preview = preview(&message.text);
        c.channel = message.channel.clone();
        c.last_author = if message.direction == Direction::In { Author::Customer } else { Author::Agent };
        c.last_message_id = message.id;
        c.last_activity_at = at;
    }
    c.account.get_or_insert_with(|| input.account.clone());
    filed(c, message)
}

/// That a message shows and is found, while nobody is told.
pub(super) fn filed(c: &Conversation, message: &Message) -> Note {
    Note::new(events::FILED, "conversation", c.id.0).with("message", message.id)
}

/// The message as it came; whose it is stands beside.
pub(super) fn message(cx: &Cx, input: &Inbound, conversation: ConversationId, author: Author) -> Message {
    let own = Party { name: String::new(), address: input.account.clone() };
    let to: Vec<Party> = std::iter::once(own).chain(input.to.iter().cloned()).collect();
    let recipients = Recipients { from: Some(input.from.clone()), to, cc: input.cc.clone(), bcc: Vec::new() };
    Message {
        direction: Direction::In,
        channel: input.channel.clone(),
        quoted: input.quoted.clone(),
        recipients: Some(json!(recipients)),
        marks: json!(input.marks),
        source_id: input.source_id.clone(),
        raw_id: input.raw_id,
        created_at: time_of(cx, input),
        ..Message::new(cx, conversation, author, &input.html, &input.text)
    }
}

/// The files that came with it.
pub(super) fn keep_files(cx: &mut Cx, input: &Inbound, message: MessageId) -> Result<()> {
    input.attachments.iter().try_for_each(|stored| attach(cx, message, "channel", stored).map(drop))
}
