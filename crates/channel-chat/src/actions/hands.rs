//! How a chat changes hands: it rings, is taken, goes back, is missed, ends.

use base::Result;
use base::error::not_found;
use conversations::actions::assign::{self, Assign};
use conversations::model::ConversationId;
use conversations::store::conversation::find_any;
use journal::{Action, Cx, Note, settings};
use people::{AgentId, BrandId, TeamId};

use crate::events;
use crate::jobs::Watch;
use crate::model::{ChatId, ChatRules, ChatState, EndedBy};
use crate::store::chats::{Chat, find_chat, find_chat_of, get_chat_locked, listed, set_chat};
use crate::store::queue::{Offer, list_candidates};

/// One agent alone, to whom it was passed or who had it before.
pub const ONE: i64 = 0;
const TEAM: i64 = 1;
const EVERYBODY: i64 = 2;

/// Locked, if the caller may see its conversation.
pub fn enter(cx: &mut Cx, id: ChatId) -> Result<Chat> {
    let missing = || not_found("chat_not_found");
    let scope = people::scope(cx)?;
    let chat = find_chat(cx, id)?.ok_or_else(missing)?;
    let seen = conversations::store::conversation::find_conversation(cx, &scope, chat.conversation_id)?;
    seen.ok_or_else(missing)?;
    get_chat_locked(cx, id)
}

pub fn tell(cx: &mut Cx, chat: &Chat, event: &'static str) -> Result<()> {
    let note = Note::new(event, "conversation", chat.conversation_id.0);
    cx.record(note.with("chat", chat.id).with("visitor", chat.visitor_id)).map(drop)
}

/// Something that panels show has changed, if the conversation has a chat.
pub fn tell_changed(cx: &mut Cx, id: ConversationId) -> Result<()> {
    match find_chat_of(cx, id)? {
        Some(chat) => tell(cx, &chat, events::CHANGED),
        None => Ok(()),
    }
}

/// Stores what changed and tells of it.
pub fn keep(cx: &mut Cx, chat: &mut Chat, event: &'static str) -> Result<()> {
    set_chat(cx, chat)?;
    tell(cx, chat, event)
}

/// Who could take it now, from a round on.
pub fn candidates(
    cx: &mut Cx,
    team: Option<TeamId>,
    brand: Option<BrandId>,
    round: i64,
) -> Result<Vec<AgentId>> {
    let most = settings::get::<ChatRules>(cx)?.most_chats_per_agent;
    list_candidates(cx, &Offer { team, brand, widened: round >= EVERYBODY, most })
}

/// Rings those of the chat's round; where nobody is, those of the next; at the end it is missed.
pub fn ring(cx: &mut Cx, chat: &mut Chat, brand: Option<BrandId>, event: &'static str) -> Result<()> {
    let passed = chat.passed();
    for round in chat.round.max(TEAM)..=EVERYBODY {
        let mut offered = candidates(cx, chat.team_id, brand, round)?;
        offered.retain(|agent| !passed.contains(agent));
        if !offered.is_empty() {
            chat.round = round;
            return offer(cx, chat, &offered, event);
        }
    }
    miss(cx, chat)
}

/// Rings these desks, for as long as the rules say.
pub fn offer(cx: &mut Cx, chat: &mut Chat, agents: &[AgentId], event: &'static str) -> Result<()> {
    chat.state = ChatState::Waiting;
    (chat.taker_id, chat.taken_at) = (None, None);
    chat.offered_to = listed(agents);
    chat.turn += 1;
    keep(cx, chat, event)?;
    watch(cx, chat)
}

/// Looks again when the time of the rules has passed.
pub fn watch(cx: &mut Cx, chat: &Chat) -> Result<()> {
    let within = settings::get::<ChatRules>(cx)?.answer_within_seconds;
    let at = cx.now().plus_seconds(within);
    cx.later_at(&Watch { chat: chat.id, turn: chat.turn }, at)
}

fn miss(cx: &mut Cx, chat: &mut Chat) -> Result<()> {
    chat.state = ChatState::Missed;
    (chat.taker_id, chat.taken_at) = (None, None);
    chat.offered_to = listed(&[]);
    chat.turn += 1;
    keep(cx, chat, events::MISSED)
}

/// It is this agent's from now on; the conversation is assigned by the caller of this.
pub fn give(cx: &mut Cx, chat: &mut Chat, agent: AgentId) -> Result<()> {
    chat.state = ChatState::Taken;
    (chat.taker_id, chat.taken_at) = (Some(agent), Some(cx.now()));
    chat.offered_to = listed(&[]);
    chat.turn += 1;
    keep(cx, chat, events::TAKEN)?;
    if chat.answered_at.is_none() {
        watch(cx, chat)?;
    }
    Ok(())
}

/// Takes it from whoever has it, and rings the others.
pub fn give_back(cx: &mut Cx, chat: &mut Chat) -> Result<()> {
    let mut passed = chat.passed();
    passed.extend(chat.taker_id);
    chat.passed_by = listed(&passed);
    chat.round = TEAM;
    chat.waiting_since = cx.now();
    let brand = hand_over(cx, chat.conversation_id, None)?;
    ring(cx, chat, brand, events::RETURNED)
}

/// Assigns the conversation in the name of whoever acts, whatever the own permissions: who may take a chat has its
/// conversation. Answers its brand.
pub fn hand_over(cx: &mut Cx, id: ConversationId, agent: Option<AgentId>) -> Result<Option<BrandId>> {
    let c = find_any(cx, id)?.ok_or_else(|| not_found("conversation_not_found"))?;
    if c.assignee_id != agent {
        let input =
            assign::Input { conversation_id: id, assignee_id: agent, team_id: c.team_id, version: None };
        Assign::run(cx, &input)?;
    }
    Ok(c.brand_id)
}

/// Gives the conversation to a team, and there to an agent or to nobody.
pub fn move_to(cx: &mut Cx, id: ConversationId, agent: Option<AgentId>, team: Option<TeamId>) -> Result<()> {
    let input = assign::Input { conversation_id: id, assignee_id: agent, team_id: team, version: None };
    Assign::run(cx, &input).map(drop)
}

pub fn end(cx: &mut Cx, chat: &mut Chat, by: EndedBy) -> Result<()> {
    if chat.state == ChatState::Ended {
        return Ok(());
    }
    chat.state = ChatState::Ended;
    (chat.ended_at, chat.ended_by) = (Some(cx.now()), Some(by));
    chat.offered_to = listed(&[]);
    chat.turn += 1;
    keep(cx, chat, events::ENDED)
}

/// What a chat's time has brought: the next round, or the next hands.
pub fn time_is_up(cx: &mut Cx, id: ChatId, turn: i64) -> Result<()> {
    let mut chat = get_chat_locked(cx, id)?;
    if chat.turn != turn {
        return Ok(());
    }
    match chat.state {
        ChatState::Waiting => {
            if chat.round == ONE {
                let brand = hand_over(cx, chat.conversation_id, None)?;
                chat.round = TEAM;
                return ring(cx, &mut chat, brand, events::RINGS);
            }
            if chat.round >= EVERYBODY {
                return miss(cx, &mut chat);
            }
            let brand = hand_over(cx, chat.conversation_id, None)?;
            chat.round += 1;
            ring(cx, &mut chat, brand, events::RINGS)
        }
        ChatState::Taken if chat.answered_at.is_none() => unanswered(cx, &mut chat),
        _ => Ok(()),
    }
}

/// Whoever has it does not answer. Where nobody else is there, it stays where it is.
fn unanswered(cx: &mut Cx, chat: &mut Chat) -> Result<()> {
    let c = find_any(cx, chat.conversation_id)?.ok_or_else(|| not_found("conversation_not_found"))?;
    let mut others = candidates(cx, chat.team_id, c.brand_id, EVERYBODY)?;
    let passed = chat.passed();
    others.retain(|agent| Some(*agent) != chat.taker_id && !passed.contains(agent));
    match others.is_empty() {
        true => watch(cx, chat),
        false => give_back(cx, chat),
    }
}
