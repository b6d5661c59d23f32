//! The message with which an agent begins a conversation.

use base::Result;
use journal::Cx;
use people::AgentId;

use super::hold::{Answer, hold_first, let_go};
use super::pictures::enclose;
use super::text::Clean;
use crate::channel::channels;
use crate::model::{AttachmentId, MessageId, Party, Recipients, Reverts, after_answer};
use crate::store::conversation::Conversation;

/// What is written first, by whom and to whom.
pub(super) struct First<'a> {
    pub agent: AgentId,
    pub assignee: Option<AgentId>,
    pub clean: &'a Clean,
    pub to: Party,
    pub upload_ids: &'a [AttachmentId],
}

/// Stores the conversation with the message in it, and sees to its way out.
pub(super) fn first_message(cx: &mut Cx, c: &mut Conversation, first: First<'_>) -> Result<MessageId> {
    let channel = channels(&cx.registry()).named(&c.channel)?;
    let from = channel.sender(cx, None, c.brand_id)?;
    let recipients = Recipients { from, to: vec![first.to], cc: Vec::new(), bcc: Vec::new() };
    let reverts = Reverts {
        status: c.status,
        status_after: after_answer(c.status),
        assignee: first.assignee,
        assignee_after: first.assignee,
    };
    let answer = Answer {
        agent: first.agent,
        channel: None,
        clean: first.clean,
        recipients,
        reverts,
        marks: &[],
        raw_id: None,
    };
    let message = hold_first(cx, c, &answer)?;
    enclose(cx, first.upload_ids, &message)?;
    let_go(cx, &message)?;
    Ok(message.id)
}
