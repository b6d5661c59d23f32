//! Puts a side message down for its third party: held like an answer, and never to anybody else.

use base::Result;
use base::error::{conflict, invalid};
use journal::Cx;

use super::fitting::must_fit;
use super::hold::let_go;
use super::pictures::enclose;
use super::quote::quote;
use super::side_message::{Letter, message, touch};
use crate::model::{Reverts, Status, after_answer, may_become};
use crate::present::{self, Shown};
use crate::store::conversation::Conversation;
use crate::store::message::{claim_any, insert_message};
use crate::store::side::Side;

pub(super) fn send(cx: &mut Cx, c: &mut Conversation, side: &Side, letter: Letter<'_>) -> Result<Shown> {
    if c.status == Status::Closed {
        return Err(conflict("conversation_closed", "This conversation is closed for good."));
    }
    let quote = quote(cx, c, letter.message_ids, letter.with_files, side.id)?;
    if letter.clean.html.is_empty() && quote.html.is_none() {
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
    let message = message(cx, c, side, &letter, quote.html.clone(), &reverts)?;
    insert_message(cx, &message)?;
    quote.attach(cx, message.id)?;
    must_fit(cx, &message, "with_attachments")?;
    enclose(cx, letter.upload_ids, &message)?;
    touch(cx, c, &message, &reverts)?;
    let_go(cx, &message)?;
    let stored = claim_any(cx, message.id)?;
    present::message(cx, stored)
}
