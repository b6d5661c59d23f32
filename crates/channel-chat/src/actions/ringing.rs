//! Whose desk rings when a visitor has written.

use base::Result;
use base::error::not_found;
use conversations::model::{ConversationId, MessageId};
use conversations::store::conversation::{Conversation, find_any};
use journal::Cx;
use serde_json::json;

use super::hands::{self, ONE};
use super::visitor::Guest;
use crate::events;
use crate::model::ChatState;
use crate::store::chats::{Chat, find_chat_of_visitor, get_chat_locked, insert_chat, listed, set_chat};
use crate::store::visitors::Visitor;

/// A chat under way hears of it; one that was missed, or none, rings.
pub fn ring_for(cx: &mut Cx, guest: &Guest, visitor: &Visitor, id: ConversationId) -> Result<()> {
    let c = find_any(cx, id)?.ok_or_else(|| not_found("conversation_not_found"))?;
    let last = find_chat_of_visitor(cx, visitor.id)?;
    let going_on = last.filter(|chat| chat.state != ChatState::Ended && chat.conversation_id == id);
    let Some(chat) = going_on else { return begin(cx, guest, visitor, &c) };
    let mut chat = get_chat_locked(cx, chat.id)?;
    chat.heard_at = cx.now();
    if chat.state != ChatState::Missed {
        return set_chat(cx, &mut chat);
    }
    chat.passed_by = listed(&[]);
    chat.waiting_since = cx.now();
    again(cx, &mut chat, &c, events::RINGS)
}

fn begin(cx: &mut Cx, guest: &Guest, visitor: &Visitor, c: &Conversation) -> Result<()> {
    // Somewhere else the visitor may have another chat open still: one at a time.
    if let Some(other) = find_chat_of_visitor(cx, visitor.id)?.filter(|chat| chat.state != ChatState::Ended) {
        let mut other = get_chat_locked(cx, other.id)?;
        hands::end(cx, &mut other, crate::model::EndedBy::Visitor)?;
    }
    let mut chat = Chat {
        id: cx.new_id(),
        conversation_id: c.id,
        visitor_id: visitor.id,
        widget_id: guest.widget.id,
        team_id: guest.widget.settings.team_id,
        state: ChatState::Waiting,
        taker_id: None,
        offered_to: json!([]),
        passed_by: json!([]),
        round: ONE,
        turn: 0,
        began_at: cx.now(),
        waiting_since: cx.now(),
        taken_at: None,
        answered_at: None,
        ended_at: None,
        ended_by: None,
        heard_at: cx.now(),
        seen_id: MessageId(0),
        version: 1,
    };
    insert_chat(cx, &chat)?;
    again(cx, &mut chat, c, events::BEGAN)
}

/// Whoever has the conversation already is asked first.
fn again(cx: &mut Cx, chat: &mut Chat, c: &Conversation, event: &'static str) -> Result<()> {
    let free = hands::candidates(cx, chat.team_id, c.brand_id, 2)?;
    match c.assignee_id.filter(|agent| free.contains(agent)) {
        Some(agent) => {
            chat.round = ONE;
            hands::offer(cx, chat, &[agent], event)
        }
        None => {
            chat.round = 1;
            hands::ring(cx, chat, c.brand_id, event)
        }
    }
}
