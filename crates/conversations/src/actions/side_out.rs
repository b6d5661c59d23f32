//! Puts a side message down for its third party: held like an answer, and never to anybody else.

use base::Result;
use base::error::{conflict, invalid};
use journal::{Cx, Note, settings};
use people::AgentId;
use serde_json::{Value, json};

use super::attach::attach;
use super::hold::let_go;
use super::pictures;
use super::quote::Quote;
use super::text::Clean;
use super::upload::tie_uploads;
use crate::channel::{Stored, channels};
use crate::events;
use crate::model::{
    AttachmentId, Author, Delivery, Direction, MessageId, MessageKind, Recipients, Reverts, Status,
    after_answer, may_become,
};
use crate::present::{self, Shown};
use crate::settings::Rules;
use crate::store::attachment::Attachment;
use crate::store::conversation::{Conversation, save};
use crate::store::message::{Message, claim_any, insert_message};
use crate::store::side::Side;

/// What goes to the third party.
pub(super) struct Letter<'a> {
    pub agent: AgentId,
    pub clean: &'a Clean,
    pub quote: Quote,
    pub upload_ids: &'a [AttachmentId],
    pub then: Option<Status>,
}

/// All files of one mail together.
const LARGEST_FILES: i64 = 25 * 1024 * 1024;

pub(super) fn send(cx: &mut Cx, c: &mut Conversation, side: &Side, letter: Letter<'_>) -> Result<Shown> {
    if c.status == Status::Closed {
        return Err(conflict("conversation_closed", "This conversation is closed for good."));
    }
    if letter.clean.html.is_empty() && letter.quote.html.is_none() {
        return Err(invalid("text_empty", "Write something first.").field("html"));
    }
    if let Some(status) = letter.then {
        may_become(c.status, status)?;
    }
    let reverts = Reverts {
        status: c.status,
        status_after: letter.then.unwrap_or(after_answer(c.status)),
        assignee: c.assignee_id,
        assignee_after: c.assignee_id.or(Some(letter.agent)),
    };
    let message = message(cx, c, side, &letter, &reverts)?;
    insert_message(cx, &message)?;
    for file in &letter.quote.files {
        attach(cx, message.id, "forward", &stored(file))?;
    }
    tie_uploads(cx, letter.upload_ids, message.id)?;
    pictures::place(cx, &message)?;
    must_fit(cx, message.id)?;
    touch(cx, c, &message, &reverts)?;
    let_go(cx, &message)?;
    let stored = claim_any(cx, message.id)?;
    present::message(cx, stored)
}

fn stored(file: &Attachment) -> Stored {
    Stored {
        name: file.name.clone(),
        content_type: file.content_type.clone(),
        size: file.size,
        blob: file.blob.clone(),
        inline: file.inline,
        content_id: file.content_id.clone(),
    }
}

fn must_fit(cx: &mut Cx, message: MessageId) -> Result<()> {
    let files = crate::store::attachment::list_attachments(cx, &[message])?;
    let size: i64 = files.iter().map(|file| file.size).sum();
    if size > LARGEST_FILES {
        let sentence = "These files are too much for one mail: 25 MB together. Forward without them.";
        return Err(invalid("attachments_too_large", sentence).field("with_attachments"));
    }
    Ok(())
}

/// The preview of the list stays as it is: customers may see that one.
fn touch(cx: &mut Cx, c: &mut Conversation, message: &Message, reverts: &Reverts) -> Result<()> {
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

fn message(
    cx: &mut Cx,
    c: &Conversation,
    side: &Side,
    letter: &Letter<'_>,
    reverts: &Reverts,
) -> Result<Message> {
    let rules: Rules = settings::get(cx)?;
    let channel = channels(&cx.registry()).get(&side.channel)?;
    let from = channel.sender(cx, c.account.as_deref(), c.brand_id)?;
    let id: MessageId = cx.new_id();
    let source_id = Some(channel.new_source_id(id, from.as_ref()));
    let recipients = Recipients { from, to: vec![side.party()], cc: Vec::new(), bcc: Vec::new() };
    Ok(Message {
        id,
        conversation_id: c.id,
        version: 1,
        kind: MessageKind::Side,
        direction: Direction::Out,
        channel: side.channel.clone(),
        author: Author::Agent,
        author_id: Some(letter.agent.0),
        author_verified: true,
        html: letter.clean.html.clone(),
        text: letter.clean.text.clone(),
        quoted: letter.quote.html.clone(),
        recipients: Some(json!(recipients)),
        mentions: json!([]),
        marks: json!([]),
        repeats: 0,
        source_id,
        raw_id: None,
        delivery: Some(Delivery::Held),
        hold_until: Some(cx.now().plus_seconds(rules.undo_send_seconds)),
        delivery_error: None,
        attempts: 0,
        reverts: Some(serde_json::to_value(reverts)?),
        contact: None,
        side_id: Some(side.id),
        created_at: cx.now(),
    })
}
