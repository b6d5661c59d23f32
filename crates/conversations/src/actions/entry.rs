//! A contact that an agent writes down: checked, and put into its conversation.

use base::error::invalid;
use base::{Result, Time};
use customers::TimelineId;
use journal::{Cx, Note};
use people::AgentId;
use serde_json::json;

use super::pictures::enclose;
use super::text::Clean;
use crate::events;
use crate::model::{
    AttachmentId, Author, Contact, ContactChannel, Direction, MessageId, Party, Recipients, Reverts, Status,
    after_answer, after_customer_message, may_become, preview,
};
use crate::store::conversation::Conversation;
use crate::store::desk::set_read;
use crate::store::message::{Message, insert_message};

/// What an agent tells of a contact.
pub(super) struct Entry<'a> {
    pub agent: AgentId,
    pub channel: ContactChannel,
    pub direction: Direction,
    pub clean: &'a Clean,
    pub occurred_at: Option<Time>,
    pub duration_seconds: Option<i64>,
    pub upload_ids: &'a [AttachmentId],
    /// The number or address that it was with.
    pub address: Option<&'a str>,
    pub then: Option<Status>,
}

/// Clocks differ a little; what is to come has not been said yet.
const AHEAD_SECONDS: i64 = 300;
const OLDEST_SECONDS: i64 = 10 * 366 * 86_400;
const LONGEST_SECONDS: i64 = 86_400;

/// Stores the contact; `store` writes the row of the conversation as it is with it.
pub(super) fn put_down(
    cx: &mut Cx,
    c: &mut Conversation,
    entry: &Entry<'_>,
    store: impl Fn(&mut Cx, &mut Conversation) -> Result<()>,
) -> Result<(MessageId, TimelineId)> {
    let contact = checked(cx, entry)?;
    if entry.clean.text.trim().is_empty() && entry.clean.html.is_empty() && entry.upload_ids.is_empty() {
        return Err(invalid("text_empty", "Write something first.").field("html"));
    }
    if let Some(status) = entry.then {
        may_become(c.status, status)?;
    }
    let (reverts, before) = (reverts(c, entry), (c.status, c.assignee_id));
    let message = message(cx, c, entry, &contact, &reverts)?;
    show(cx, c, &message, &reverts);
    store(cx, c)?;
    insert_message(cx, &message)?;
    enclose(cx, entry.upload_ids, &message)?;
    if message.direction == Direction::In {
        set_read(cx, c.id, entry.agent, message.id)?;
    }
    let requester = customers::resolve(cx, c.requester_id)?;
    let link = json!({"conversation": c.id, "number": c.number, "channel": entry.channel,
        "direction": entry.direction});
    let line = customers::put_timeline(
        cx,
        requester,
        contact.occurred_at,
        "message",
        "timeline-contact-logged",
        link,
    )?;
    tell(cx, c, message.id, before)?;
    Ok((message.id, line))
}

fn tell(cx: &mut Cx, c: &Conversation, message: MessageId, before: (Status, Option<AgentId>)) -> Result<()> {
    let note = |name| Note::new(name, "conversation", c.id.0).with("message", message);
    if before.0 != c.status {
        cx.record(note(events::STATUS_CHANGED).change("status", before.0, c.status))?;
    }
    if before.1 != c.assignee_id {
        cx.record(note(events::ASSIGNED).change("assignee_id", before.1, c.assignee_id))?;
    }
    cx.record(note(events::LOGGED)).map(drop)
}

fn checked(cx: &Cx, entry: &Entry<'_>) -> Result<Contact> {
    let now = cx.now();
    let occurred_at = entry.occurred_at.unwrap_or(now);
    if occurred_at > now.plus_seconds(AHEAD_SECONDS) {
        let sentence = "This time has not come yet.";
        return Err(invalid("contact_in_future", sentence).field("occurred_at"));
    }
    if occurred_at < now.plus_seconds(-OLDEST_SECONDS) {
        return Err(invalid("contact_too_old", "This is more than ten years ago.").field("occurred_at"));
    }
    if entry.duration_seconds.is_some_and(|seconds| !(0..=LONGEST_SECONDS).contains(&seconds)) {
        let sentence = "A contact lasts between no time and a day.";
        return Err(invalid("duration_invalid", sentence).field("duration_seconds"));
    }
    let duration_seconds = entry.duration_seconds;
    Ok(Contact { occurred_at, duration_seconds, logged_by: entry.agent })
}

/// A customer who called opens what waited; who called a customer has answered.
fn reverts(c: &Conversation, entry: &Entry<'_>) -> Reverts {
    let (status_after, assignee_after) = match entry.direction {
        Direction::In => (after_customer_message(c.status), c.assignee_id),
        Direction::Out => (after_answer(c.status), c.assignee_id.or(Some(entry.agent))),
    };
    Reverts {
        status: c.status,
        status_after: entry.then.unwrap_or(status_after),
        assignee: c.assignee_id,
        assignee_after,
    }
}

/// The channel stays as it is: an answer goes where answers can go.
fn show(cx: &Cx, c: &mut Conversation, message: &Message, reverts: &Reverts) {
    if c.status != reverts.status_after {
        c.status = reverts.status_after;
        c.status_at = cx.now();
    }
    c.assignee_id = reverts.assignee_after;
    c.last_author = message.author;
    c.last_message_id = message.id;
    c.last_activity_at = cx.now();
    c.preview = preview(&message.text);
    if message.direction == Direction::In {
        c.last_inbound_id = message.id;
    }
}

fn message(
    cx: &mut Cx,
    c: &Conversation,
    entry: &Entry<'_>,
    contact: &Contact,
    reverts: &Reverts,
) -> Result<Message> {
    let customer = customers::summaries(cx, &[c.requester_id])?.into_iter().next();
    let name = customer.map(|summary| summary.name).unwrap_or_default();
    let party = entry.address.map(|address| Party { name, address: address.trim().to_owned() });
    let (author, author_id, recipients) = match entry.direction {
        Direction::In => (
            Author::Customer,
            c.requester_id.0,
            party.map(|from| Recipients { from: Some(from), ..Recipients::default() }),
        ),
        Direction::Out => (
            Author::Agent,
            entry.agent.0,
            party.map(|to| Recipients { to: vec![to], ..Recipients::default() }),
        ),
    };
    Ok(Message {
        direction: entry.direction,
        channel: entry.channel.to_string(),
        author_id: Some(author_id),
        // Of a customer it is what an agent says of the customer.
        author_verified: entry.direction == Direction::Out,
        recipients: recipients.map(|recipients| json!(recipients)),
        reverts: Some(serde_json::to_value(reverts)?),
        contact: Some(json!(contact)),
        ..Message::new(cx, c.id, author, &entry.clean.html, &entry.clean.text)
    })
}
