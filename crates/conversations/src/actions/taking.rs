//! Which way something takes that may come in.

use base::Result;
use journal::Cx;

use super::{handed_on, receive_side, report, take_in};
use crate::channel::Inbound;
use crate::model::{ConversationId, MessageId};

/// What an agent wrote who handed it on goes along.
pub(super) fn take(cx: &mut Cx, input: &Inbound) -> Result<(ConversationId, MessageId)> {
    let found = way(cx, input)?;
    if let Some(forwarder) = &input.hints.forwarder {
        handed_on::put_note(cx, found.0, forwarder)?;
    }
    Ok(found)
}

/// Beside a conversation, to the messages that it reports about, or into a conversation.
fn way(cx: &mut Cx, input: &Inbound) -> Result<(ConversationId, MessageId)> {
    if let Some(side) = receive_side::find(cx, input)? {
        return receive_side::take_in(cx, input, &side);
    }
    if let Some(report) = &input.hints.report
        && let Some(found) = report::take_in(cx, input, report)?
    {
        return Ok(found);
    }
    take_in::take_in(cx, input)
}
