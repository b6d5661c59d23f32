//! Says by itself that a first message has arrived. No clock, no status and no list takes it for an answer.

use base::Result;
use journal::{Cx, Note};
use serde_json::json;

use crate::channel::channels;
use crate::events;
use crate::jobs::Deliver;
use crate::model::{Author, ConversationId, Delivery, MessageId, Party, Recipients, Shelf};
use crate::store::conversation::{find_any, save};
use crate::store::message::{Message, insert_message, list_ids};

/// Puts the words on their way to one address; `None` when the conversation is not one that has just begun in view
/// of agents.
pub fn acknowledge(
    cx: &mut Cx,
    id: ConversationId,
    to: &Party,
    words: impl FnOnce(i64) -> String,
) -> Result<Option<MessageId>> {
    let Some(mut c) = find_any(cx, id)? else { return Ok(None) };
    if c.shelf != Shelf::Active || list_ids(cx, id, 2)?.len() != 1 {
        return Ok(None);
    }
    let channel = channels(&cx.registry()).get(&c.channel)?;
    let Some(from) = channel.sender(cx, c.account.as_deref(), c.brand_id)? else { return Ok(None) };
    let text = words(c.number);
    let message_id: MessageId = cx.new_id();
    let source_id = channel.new_source_id(message_id, Some(&from));
    let recipients = Recipients { from: Some(from), to: vec![to.clone()], cc: vec![], bcc: vec![] };
    let message = Message {
        id: message_id,
        channel: c.channel.clone(),
        author_verified: true,
        recipients: Some(json!(recipients)),
        marks: json!(["automatic", "acknowledgement"]),
        source_id: Some(source_id),
        delivery: Some(Delivery::Queued),
        ..Message::new(cx, id, Author::System, &markup::text_to_html(&text), &text)
    };
    insert_message(cx, &message)?;
    save(cx, &mut c)?;
    let since = Some(cx.now());
    cx.later(&Deliver { message: message_id, since, tries: 0 })?;
    let note = Note::new(events::ACKNOWLEDGED, "conversation", id.0).with("message", message_id);
    cx.record(note)?;
    Ok(Some(message_id))
}
