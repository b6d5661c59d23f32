//! Puts down what an agent has written away from the desk: as an answer, or as a note.

use base::Result;
use journal::{Caller, Cx};

use super::admit::Ready;
use super::attach::attach;
use super::hold::{Answer, hold, let_go};
use super::noted::{self, Noted};
use super::text::Clean;
use super::written::Input;
use crate::model::{MessageId, Reverts, after_answer};
use crate::store::conversation::{Conversation, save};
use crate::store::message::BY_MAIL;

/// As from the desk: held for the workspace's undo time, and nobody's conversation becomes the agent's.
pub(super) fn answer(
    cx: &mut Cx,
    input: &Input,
    mut c: Conversation,
    caller: Caller,
    ready: Ready,
) -> Result<MessageId> {
    let Ready { agent, channel, recipients } = ready;
    let clean = Clean { html: input.words.html.clone(), text: input.words.text.clone() };
    let reverts = Reverts {
        status: c.status,
        status_after: after_answer(c.status),
        assignee: c.assignee_id,
        assignee_after: c.assignee_id.or(Some(agent)),
    };
    let answer = Answer {
        agent,
        channel: Some(&channel),
        clean: &clean,
        recipients,
        reverts,
        marks: &[BY_MAIL],
        raw_id: input.words.raw_id,
    };
    cx.as_caller(caller, |cx| {
        let message = hold(cx, &mut c, &answer)?;
        keep_files(cx, input, message.id)?;
        let_go(cx, &message)?;
        Ok(message.id)
    })
}

/// Whoever has proven to have written a parked answer is told that it did not go out.
pub(super) fn note(
    cx: &mut Cx,
    input: &Input,
    mut c: Conversation,
    parked: Option<&str>,
) -> Result<MessageId> {
    let marks = [parked.map_or_else(|| BY_MAIL.to_owned(), |why| format!("mail_parked:{why}"))];
    let empty = input.words.text.trim().is_empty();
    let told: Vec<_> = match parked {
        Some(_) if !empty => input.agent.into_iter().collect(),
        _ => Vec::new(),
    };
    let noted = Noted {
        agent: input.agent,
        claimed: Some(&input.from).filter(|_| input.agent.is_none()),
        html: &input.words.html,
        text: &input.words.text,
        marks: &marks,
        mentions: &told,
        raw_id: input.words.raw_id,
    };
    let id = noted::put(cx, c.id, &noted)?;
    keep_files(cx, input, id)?;
    c.last_activity_at = cx.now();
    save(cx, &mut c)?;
    Ok(id)
}

fn keep_files(cx: &mut Cx, input: &Input, message: MessageId) -> Result<()> {
    input.words.attachments.iter().try_for_each(|stored| attach(cx, message, "channel", stored).map(drop))
}
