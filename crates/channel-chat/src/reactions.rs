//! What is heard: conversations that change hands, are solved, thrown away or joined by other ways than the queue's.

use base::Result;
use conversations::events::{ASSIGNED, DELETED, JOINED, SPAM_CHANGED, STATUS_CHANGED};
use conversations::model::{ConversationId, Shelf};
use journal::{Cx, Event, Reaction, Start};
use people::AgentId;

use crate::actions::hands::{self, ONE};
use crate::events;
use crate::model::{ChatState, EndedBy};
use crate::store::chats::{Chat, find_chat_of, get_chat_locked};

pub fn reactions() -> Vec<Reaction> {
    vec![Reaction {
        name: "chat.follow",
        hears: &[ASSIGNED, STATUS_CHANGED, DELETED, SPAM_CHANGED, JOINED],
        start: Start::FromNow,
        ordered: false,
        react: follow,
    }]
}

fn follow(cx: &mut Cx, event: &Event) -> Result<()> {
    let Some(chat) = find_chat_of(cx, ConversationId(event.subject_id))? else { return Ok(()) };
    if chat.state == ChatState::Ended {
        return Ok(());
    }
    let mut chat = get_chat_locked(cx, chat.id)?;
    if let Some(into) = event.reference("into") {
        chat.conversation_id = ConversationId(into);
        return hands::keep(cx, &mut chat, events::CHANGED);
    }
    // What was heard may be over: the conversation says how it is now.
    let Some(c) = conversations::store::conversation::find_any(cx, chat.conversation_id)? else {
        return Ok(());
    };
    if c.shelf != Shelf::Active {
        return hands::end(cx, &mut chat, EndedBy::Agent);
    }
    if event.name != ASSIGNED || c.assignee_id == chat.taker_id {
        return Ok(());
    }
    chat.team_id = c.team_id;
    match c.assignee_id {
        Some(agent) => handed(cx, &mut chat, agent, event.agent_id() == Some(agent.0)),
        None if chat.state == ChatState::Taken => hands::give_back(cx, &mut chat),
        None => Ok(()),
    }
}

/// Whoever takes the conversation takes the chat; to whom it is given, it rings.
fn handed(cx: &mut Cx, chat: &mut Chat, agent: AgentId, by_own_hand: bool) -> Result<()> {
    if by_own_hand {
        return hands::give(cx, chat, agent);
    }
    if chat.state == ChatState::Waiting && chat.offered() == [agent] {
        return Ok(());
    }
    chat.round = ONE;
    chat.waiting_since = cx.now();
    hands::offer(cx, chat, &[agent], events::PASSED)
}
