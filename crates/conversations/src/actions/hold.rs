//! Puts an answer down: held for the workspace's undo time, then let go.

use base::{Result, Time};
use journal::{Cx, settings};
use people::AgentId;
use serde_json::json;

use super::release;
use super::text::Clean;
use super::touch::{open, touch};
use crate::channel::{Channel, channels};
use crate::model::{Author, Delivery, MessageId, Recipients, Reverts};
use crate::settings::Rules;
use crate::store::conversation::Conversation;
use crate::store::message::{Message, insert_message};

/// An answer whose text, recipients and consequences are decided.
pub(super) struct Answer<'a> {
    pub agent: AgentId,
    pub channel: Option<&'a str>,
    pub clean: &'a Clean,
    pub recipients: Recipients,
    pub reverts: Reverts,
    /// What people should know about it.
    pub marks: &'a [&'a str],
    /// What it was made of, when an agent wrote it elsewhere.
    pub raw_id: Option<i64>,
}

/// Stores the message with what it changes.
pub(super) fn hold(cx: &mut Cx, c: &mut Conversation, answer: &Answer<'_>) -> Result<Message> {
    let message = held(cx, c, answer)?;
    insert_message(cx, &message)?;
    touch(cx, c, &message, &answer.reverts)?;
    Ok(message)
}

/// As [`hold`] for a conversation that begins with this message: one row each, written once.
pub(super) fn hold_first(cx: &mut Cx, c: &mut Conversation, answer: &Answer<'_>) -> Result<Message> {
    let message = held(cx, c, answer)?;
    open(cx, c, &message, &answer.reverts)?;
    insert_message(cx, &message)?;
    Ok(message)
}

fn held(cx: &mut Cx, c: &Conversation, answer: &Answer<'_>) -> Result<Message> {
    let channel = channels(&cx.registry()).get(answer.channel.unwrap_or(&c.channel))?;
    let hold_until = until(cx, channel.as_ref())?;
    message(cx, c, answer, hold_until)
}

/// Until when what is sent now can be taken back.
pub(super) fn until(cx: &mut Cx, channel: &dyn Channel) -> Result<Time> {
    let rules: Rules = settings::get(cx)?;
    let seconds = if channel.holds() { rules.undo_send_seconds } else { 0 };
    Ok(cx.now().plus_seconds(seconds))
}

/// Sees to its way out, once everything that belongs to it is there.
pub(super) fn let_go(cx: &mut Cx, message: &Message) -> Result<()> {
    release::due(cx, message)
}

fn message(cx: &Cx, c: &Conversation, answer: &Answer<'_>, hold_until: Time) -> Result<Message> {
    let channel = channels(&cx.registry()).get(answer.channel.unwrap_or(&c.channel))?;
    let (clean, recipients) = (answer.clean, &answer.recipients);
    let id: MessageId = cx.new_id();
    Ok(Message {
        id,
        channel: channel.name().to_owned(),
        author_id: Some(answer.agent.0),
        author_verified: true,
        recipients: Some(json!(recipients)),
        marks: json!(answer.marks),
        source_id: Some(channel.new_source_id(id, recipients.from.as_ref())),
        raw_id: answer.raw_id,
        delivery: Some(Delivery::Held),
        hold_until: Some(hold_until),
        reverts: Some(serde_json::to_value(&answer.reverts)?),
        ..Message::new(cx, c.id, Author::Agent, &clean.html, &clean.text)
    })
}
