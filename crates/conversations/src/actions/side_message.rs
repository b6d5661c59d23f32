//! A side message as it is written, and what it changes in its conversation.

use base::Result;
use journal::{Cx, Note};
use people::AgentId;
use serde_json::{Value, json};

use super::hold::until;
use super::text::Clean;
use crate::channel::channels;
use crate::events;
use crate::model::{AttachmentId, Author, Delivery, MessageId, MessageKind, Recipients, Reverts, Status};
use crate::store::conversation::{Conversation, save};
use crate::store::message::Message;
use crate::store::side::Side;

/// What goes to the third party.
pub(super) struct Letter<'a> {
    pub agent: AgentId,
    pub clean: &'a Clean,
    /// What is quoted.
    pub message_ids: &'a [MessageId],
    pub with_files: bool,
    pub upload_ids: &'a [AttachmentId],
    pub then: Option<Status>,
}

/// The preview of the list stays as it is: customers may see that one.
pub(super) fn touch(cx: &mut Cx, c: &mut Conversation, message: &Message, reverts: &Reverts) -> Result<()> {
    let before = (c.status, c.assignee_id);
    if c.status != reverts.status_after {
        c.status = reverts.status_after;
        c.status_at = cx.now();
    }
    c.assignee_id = reverts.assignee_after;
    c.last_activity_at = cx.now();
    save(cx, c)?;
    if before.0 != c.status {
        let note = Note::new(events::STATUS_CHANGED, "conversation", c.id.0).with("message", message.id);
        cx.record(note.change("status", before.0, c.status))?;
    }
    if before.1 != c.assignee_id {
        let note = Note::new(events::ASSIGNED, "conversation", c.id.0).with("message", message.id);
        cx.record(note.change("assignee_id", Value::Null, c.assignee_id))?;
    }
    cx.record(Note::new(events::SIDE_HELD, "conversation", c.id.0).with("message", message.id)).map(drop)
}

pub(super) fn message(
    cx: &mut Cx,
    c: &Conversation,
    side: &Side,
    letter: &Letter<'_>,
    quoted: Option<String>,
    reverts: &Reverts,
) -> Result<Message> {
    let channel = channels(&cx.registry()).get(&side.channel)?;
    let from = channel.sender(cx, c.account.as_deref(), c.brand_id)?;
    let id: MessageId = cx.new_id();
    let source_id = Some(channel.new_source_id(id, from.as_ref()));
    let recipients = Recipients { from, to: vec![side.party()], cc: Vec::new(), bcc: Vec::new() };
    Ok(Message {
        id,
        kind: MessageKind::Side,
        channel: side.channel.clone(),
        author_id: Some(letter.agent.0),
        author_verified: true,
        quoted,
        recipients: Some(json!(recipients)),
        source_id,
        delivery: Some(Delivery::Held),
        hold_until: Some(until(cx, channel.as_ref())?),
        reverts: Some(serde_json::to_value(reverts)?),
        side_id: Some(side.id),
        ..Message::new(cx, c.id, Author::Agent, &letter.clean.html, &letter.clean.text)
    })
}
