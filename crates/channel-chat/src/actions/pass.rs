//! Passes a chat to another agent or team, with a note, and back while nobody has taken it.

use base::Result;
use base::error::{conflict, invalid};
use journal::{Action, Cx, Risk};
use people::{AgentId, TeamId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::hands::{self, ONE};
use super::note;
use super::take::must_have_room;
use crate::events;
use crate::model::{ChatId, ChatRow, ChatState, Standing};
use crate::present;
use crate::store::agents::find_agent;
use crate::store::chats::{Chat, listed};

pub struct Pass;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChatPassInput)]
pub struct Input {
    #[serde(default)]
    pub chat_id: Option<ChatId>,
    #[serde(default)]
    pub agent_id: Option<AgentId>,
    #[serde(default)]
    pub team_id: Option<TeamId>,
    /// Plain text for whoever gets it.
    #[serde(default)]
    pub note: Option<String>,
}

impl Action for Pass {
    const NAME: &'static str = "chat.pass";
    const GRANT: &'static str = "conversation.assign";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = ChatRow;

    fn run(cx: &mut Cx, input: &Input) -> Result<ChatRow> {
        let own = people::acting_agent(cx)?;
        let id = input.chat_id.ok_or_else(|| base::error::not_found("chat_not_found"))?;
        let mut chat = hands::enter(cx, id)?;
        if chat.state == ChatState::Ended {
            return Err(conflict("chat_over", "This chat is over."));
        }
        let back = (chat.taker_id, chat.team_id);
        note::leave(cx, chat.conversation_id, input.note.as_deref())?;
        match (input.agent_id, input.team_id) {
            (Some(agent), None) => to_agent(cx, &mut chat, own, agent)?,
            (None, Some(team)) => to_team(cx, &mut chat, team)?,
            _ => {
                let sentence = "A chat is passed to one agent or to one team.";
                return Err(invalid("pass_target", sentence).field("agent_id"));
            }
        }
        let undo = TakeBackInput { chat_id: chat.id, turn: chat.turn, taker_id: back.0, team_id: back.1 };
        cx.undoable::<TakeBack>(&undo)?;
        present::row(cx, &chat)
    }
}

fn to_agent(cx: &mut Cx, chat: &mut Chat, own: AgentId, agent: AgentId) -> Result<()> {
    if agent == own || chat.taker_id == Some(agent) {
        return Err(invalid("pass_self", "This agent has the chat already.").field("agent_id"));
    }
    let there = find_agent(cx, agent)?.is_some_and(|found| found.state == Standing::Available);
    if !there {
        return Err(invalid("agent_away", "This agent takes no chats just now.").field("agent_id"));
    }
    must_have_room(cx, agent)?;
    hands::hand_over(cx, chat.conversation_id, Some(agent))?;
    (chat.round, chat.waiting_since) = (ONE, cx.now());
    hands::offer(cx, chat, &[agent], events::PASSED)
}

fn to_team(cx: &mut Cx, chat: &mut Chat, team: TeamId) -> Result<()> {
    let passed_by = chat.taker_id;
    hands::move_to(cx, chat.conversation_id, None, Some(team))?;
    chat.team_id = Some(team);
    chat.passed_by = listed(&passed_by.into_iter().collect::<Vec<_>>());
    (chat.round, chat.waiting_since) = (1, cx.now());
    let brand = hands::hand_over(cx, chat.conversation_id, None)?;
    hands::ring(cx, chat, brand, events::PASSED)
}

/// Takes back what was passed on, while nobody has taken it.
pub struct TakeBack;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChatTakeBackInput)]
pub struct TakeBackInput {
    pub chat_id: ChatId,
    pub turn: i64,
    pub taker_id: Option<AgentId>,
    pub team_id: Option<TeamId>,
}

impl Action for TakeBack {
    const NAME: &'static str = "chat.take_back";
    const GRANT: &'static str = "conversation.assign";
    const RISK: Risk = Risk::Irreversible;
    type Input = TakeBackInput;
    type Output = ChatRow;

    fn run(cx: &mut Cx, input: &TakeBackInput) -> Result<ChatRow> {
        let mut chat = hands::enter(cx, input.chat_id)?;
        if chat.turn != input.turn {
            return Err(conflict("moved_on", "The chat has moved on meanwhile."));
        }
        chat.team_id = input.team_id;
        hands::move_to(cx, chat.conversation_id, input.taker_id, input.team_id)?;
        match input.taker_id {
            Some(agent) => hands::give(cx, &mut chat, agent)?,
            None => {
                chat.round = 1;
                let brand = hands::hand_over(cx, chat.conversation_id, None)?;
                hands::ring(cx, &mut chat, brand, events::RINGS)?;
            }
        }
        present::row(cx, &chat)
    }
}
