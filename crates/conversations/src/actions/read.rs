//! Remembers how far an agent has read.

use base::Result;
use journal::{Action, Cx, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::acting_agent;
use crate::model::{ConversationId, MessageId};
use crate::store::conversation::find_conversation;
use crate::store::desk;

pub struct Read;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConversationReadInput)]
pub struct Input {
    pub conversation_id: ConversationId,
    /// Nothing marks it unread.
    pub message_id: Option<MessageId>,
}

impl Action for Read {
    const NAME: &'static str = "conversation.read";
    const RISK: Risk = Risk::Read;
    type Input = Input;
    type Output = ();

    fn run(cx: &mut Cx, input: &Input) -> Result<()> {
        let agent = acting_agent(cx)?;
        let scope = people::scope(cx)?;
        let found = find_conversation(cx, &scope, input.conversation_id)?;
        found.ok_or_else(|| base::error::not_found("conversation_not_found"))?;
        if let Some(message) = input.message_id
            && !desk::is_message_of(cx, message, input.conversation_id)?
        {
            return Err(base::error::not_found("message_not_found"));
        }
        desk::set_read(cx, input.conversation_id, agent, input.message_id.unwrap_or(MessageId(0)))
    }
}
