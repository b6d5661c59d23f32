//! An agent takes chats from now on, or no more.

use base::Result;
use journal::{Action, Cx, Note, Risk, settings};
use people::AgentId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::hands;
use crate::events;
use crate::model::{Availability, ChatRules, ChatState, Standing};
use crate::present;
use crate::store::agents::{find_agent, list_gone, put_agent, set_away};
use crate::store::chats::{count_taken_by, get_chat_locked, list_live, list_taken_by, listed};

pub struct SetAvailability;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChatAvailabilityInput)]
pub struct Input {
    pub state: Standing,
}

impl Action for SetAvailability {
    const NAME: &'static str = "chat.set_availability";
    const GRANT: &'static str = "conversation.reply";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    type Output = Availability;

    fn run(cx: &mut Cx, input: &Input) -> Result<Availability> {
        let agent = people::acting_agent(cx)?;
        let before = find_agent(cx, agent)?.map(|found| found.state);
        put_agent(cx, agent, input.state)?;
        if before.unwrap_or(Standing::Away) != input.state {
            tell(cx, agent, input.state)?;
            match input.state {
                Standing::Available => join(cx, agent)?,
                Standing::Away => leave(cx, agent)?,
            }
        }
        present::availability(cx, agent)
    }
}

fn tell(cx: &mut Cx, agent: AgentId, state: Standing) -> Result<()> {
    let before = if state == Standing::Available { Standing::Away } else { Standing::Available };
    cx.record(Note::new(events::AVAILABILITY, "agent", agent.0).change("state", before, state)).map(drop)
}

/// What rings already rings here too, if this desk would have been asked.
fn join(cx: &mut Cx, agent: AgentId) -> Result<()> {
    let most = settings::get::<ChatRules>(cx)?.most_chats_per_agent;
    if count_taken_by(cx, agent)? >= most {
        return Ok(());
    }
    for chat in
        list_live(cx)?.into_iter().filter(|chat| chat.state == ChatState::Waiting && chat.round > hands::ONE)
    {
        let mut offered = chat.offered();
        let c = conversations::store::conversation::find_any(cx, chat.conversation_id)?;
        let brand = c.and_then(|c| c.brand_id);
        let fits = hands::candidates(cx, chat.team_id, brand, chat.round)?.contains(&agent);
        if !fits || offered.contains(&agent) || chat.passed().contains(&agent) {
            continue;
        }
        let mut chat = get_chat_locked(cx, chat.id)?;
        offered.push(agent);
        chat.offered_to = listed(&offered);
        hands::keep(cx, &mut chat, events::RINGS)?;
    }
    Ok(())
}

/// What rings here alone goes on at once.
fn leave(cx: &mut Cx, agent: AgentId) -> Result<()> {
    for chat in list_live(cx)?.into_iter().filter(|chat| chat.state == ChatState::Waiting) {
        let mut offered = chat.offered();
        if !offered.contains(&agent) {
            continue;
        }
        offered.retain(|other| *other != agent);
        if offered.is_empty() {
            hands::time_is_up(cx, chat.id, chat.turn)?;
        } else {
            let mut chat = get_chat_locked(cx, chat.id)?;
            chat.offered_to = listed(&offered);
            hands::keep(cx, &mut chat, events::RINGS)?;
        }
    }
    Ok(())
}

/// Agents whose last desk is gone are away, and their chats ring the others. Answers how many there were.
pub fn notice_gone(cx: &mut Cx) -> Result<usize> {
    let before = cx.now().plus_seconds(-crate::model::GONE_AFTER_SECONDS);
    let gone = list_gone(cx, before)?;
    for found in &gone {
        set_away(cx, found.agent_id)?;
        if found.state == Standing::Available {
            tell(cx, found.agent_id, Standing::Away)?;
            leave(cx, found.agent_id)?;
        }
        for chat in list_taken_by(cx, found.agent_id)? {
            let mut chat = get_chat_locked(cx, chat.id)?;
            hands::give_back(cx, &mut chat)?;
        }
    }
    Ok(gone.len())
}
