//! Which conversation a visitor's message joins.

use base::Result;
use base::error::{forbidden, not_found};
use conversations::model::{ConversationId, Shelf, Status};
use conversations::store::conversation::{find_any, find_conversation};
use journal::Cx;
use people::Scope;

use super::visitor::{Guest, proven_customer};
use crate::model::{self, ChatState, Said};
use crate::store::chats::find_chat_of_visitor;
use crate::store::visitors::Visitor;

/// The conversation that the message joins; `None` opens one.
pub fn conversation(
    cx: &mut Cx,
    guest: &Guest,
    visitor: &Visitor,
    said: &Said,
) -> Result<Option<ConversationId>> {
    let Some(who) = &guest.bearer.proven else {
        if said.conversation_id.is_some() {
            return Err(forbidden("verified_only", "Only a visitor who is signed in can do this."));
        }
        return joinable(cx, visitor);
    };
    let customer = proven_customer(cx, who)?;
    let Some(named) = said.conversation_id else { return joinable(cx, visitor) };
    let own = find_conversation(cx, &Scope::Customer { id: customer.0 }, named)?;
    own.map(|c| Some(c.id)).ok_or_else(|| not_found("conversation_not_found"))
}

/// A session goes on in its conversation, until that is closed or its chat has been over for a day.
fn joinable(cx: &mut Cx, visitor: &Visitor) -> Result<Option<ConversationId>> {
    let Some(mut c) = visitor.conversation_id.map(|id| find_any(cx, id)).transpose()?.flatten() else {
        return Ok(None);
    };
    // A joined conversation passes on what arrives for it; the chain is short, but never trusted.
    for _ in 0..10 {
        let Some(into) = c.joined_into else { break };
        let Some(next) = find_any(cx, into)? else { break };
        c = next;
    }
    let since = cx.now().plus_seconds(-model::SAME_CONVERSATION_SECONDS);
    let chat = find_chat_of_visitor(cx, visitor.id)?;
    let over = chat.is_some_and(|chat| {
        chat.state == ChatState::Ended && chat.ended_at.is_some_and(|ended| ended < since)
    });
    let open = c.status != Status::Closed && !matches!(c.shelf, Shelf::Bin | Shelf::Spam);
    Ok((open && !over).then_some(c.id))
}
