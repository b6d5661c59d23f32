//! An agent takes a chat that rings, or gives it back: two never have the same one.

use base::Result;
use base::error::conflict;
use journal::{Action, Cx, Risk, settings};
use people::AgentId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::hands;
use crate::model::{ChatId, ChatRow, ChatRules, ChatState, Standing};
use crate::present;
use crate::store::agents::{find_agent, put_agent, set_seen};
use crate::store::chats::{Chat, count_taken_by};

pub struct Take;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChatNamed)]
pub struct Input {
    pub chat_id: ChatId,
}

impl Action for Take {
    const NAME: &'static str = "chat.take";
    const GRANT: &'static str = "conversation.reply";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = ChatRow;

    fn run(cx: &mut Cx, input: &Input) -> Result<ChatRow> {
        let agent = people::acting_agent(cx)?;
        let mut chat = hands::enter(cx, input.chat_id)?;
        if chat.state == ChatState::Taken && chat.taker_id == Some(agent) {
            return present::row(cx, &chat);
        }
        must_be_free(cx, &chat)?;
        must_have_room(cx, agent)?;
        be_there(cx, agent)?;
        hands::hand_over(cx, chat.conversation_id, Some(agent))?;
        hands::give(cx, &mut chat, agent)?;
        cx.undoable::<Return>(input)?;
        present::row(cx, &chat)
    }
}

fn must_be_free(cx: &mut Cx, chat: &Chat) -> Result<()> {
    let (code, sentence) = match chat.state {
        ChatState::Waiting | ChatState::Missed => return Ok(()),
        ChatState::Taken => ("chat_taken", "Somebody else has taken this chat."),
        ChatState::Ended => ("chat_over", "This chat is over."),
    };
    Err(conflict(code, sentence).with_present(json!(present::row(cx, chat)?)))
}

/// Refuses more chats than an agent has at a time.
pub fn must_have_room(cx: &mut Cx, agent: AgentId) -> Result<()> {
    let most = settings::get::<ChatRules>(cx)?.most_chats_per_agent;
    match count_taken_by(cx, agent)? < most {
        true => Ok(()),
        false => Err(conflict("chat_limit", format!("{most} chats at a time are the limit."))),
    }
}

/// From now on it is noticed when the agent's last desk is gone.
pub fn be_there(cx: &mut Cx, agent: AgentId) -> Result<()> {
    match find_agent(cx, agent)? {
        Some(_) => set_seen(cx, agent),
        None => put_agent(cx, agent, Standing::Away),
    }
}

/// The chat goes back to the queue and rings the others.
pub struct Return;

impl Action for Return {
    const NAME: &'static str = "chat.return";
    const GRANT: &'static str = "conversation.reply";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    type Output = ChatRow;

    fn run(cx: &mut Cx, input: &Input) -> Result<ChatRow> {
        let mut chat = hands::enter(cx, input.chat_id)?;
        match chat.state {
            ChatState::Taken => hands::give_back(cx, &mut chat)?,
            ChatState::Waiting | ChatState::Missed => {}
            ChatState::Ended => return Err(conflict("chat_over", "This chat is over.")),
        }
        present::row(cx, &chat)
    }
}
