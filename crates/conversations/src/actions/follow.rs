//! Sets who among the agents follows a conversation.

use base::Result;
use base::error::invalid;
use journal::{Action, Cx, Note, Risk};
use people::AgentId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::enter;
use crate::events;
use crate::model::ConversationId;
use crate::present::{self, Row};
use crate::store::conversation::save;
use crate::store::people::{delete_followers, insert_follower, list_followers};

pub struct Follow;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConversationFollowInput)]
pub struct Input {
    pub conversation_id: ConversationId,
    pub agent_ids: Vec<AgentId>,
    #[serde(default)]
    pub version: Option<i64>,
}

const MOST_FOLLOWERS: usize = 50;

impl Action for Follow {
    const NAME: &'static str = "conversation.follow";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Row;

    fn run(cx: &mut Cx, input: &Input) -> Result<Row> {
        if input.agent_ids.len() > MOST_FOLLOWERS {
            let sentence = format!("At most {MOST_FOLLOWERS} agents can follow.");
            return Err(invalid("followers_too_many", sentence).field("agent_ids"));
        }
        let mut c = enter(cx, input.conversation_id, input.version)?;
        let before = list_followers(cx, c.id)?;
        delete_followers(cx, c.id)?;
        for agent in &input.agent_ids {
            people::agent(cx, *agent)?;
            insert_follower(cx, c.id, *agent)?;
        }
        save(cx, &mut c)?;
        let note = Note::new(events::CHANGED, "conversation", c.id.0);
        cx.record(note.change("followers", &before, &input.agent_ids))?;
        cx.undoable::<Follow>(&Input { agent_ids: before, version: None, ..input.clone() })?;
        present::row(cx, c)
    }
}
