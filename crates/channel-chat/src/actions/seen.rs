//! Read marks, both ways.

use base::Result;
use conversations::model::MessageId;
use journal::{Action, Cx, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::hands;
use crate::model::{ChatId, VisitorId};
use crate::store::chats::set_chat;
use crate::store::lines::find_line;
use crate::store::visitors::{get_visitor, set_read};

/// The visitor's messages stand on an agent's screen.
pub struct Seen;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChatSeenInput)]
pub struct Input {
    #[serde(default)]
    pub chat_id: Option<ChatId>,
    pub message_id: MessageId,
}

impl Action for Seen {
    const NAME: &'static str = "chat.seen";
    const GRANT: &'static str = "conversation.read";
    const RISK: Risk = Risk::Read;
    type Input = Input;
    /// By what the visitor is named, when it has something new to be told.
    type Output = Option<String>;

    fn run(cx: &mut Cx, input: &Input) -> Result<Option<String>> {
        people::acting_agent(cx)?;
        let id = input.chat_id.ok_or_else(|| base::error::not_found("chat_not_found"))?;
        let mut chat = hands::enter(cx, id)?;
        let line = find_line(cx, chat.visitor_id, input.message_id)?;
        if line.is_none_or(|line| line.outgoing) || chat.seen_id >= input.message_id {
            return Ok(None);
        }
        chat.seen_id = input.message_id;
        set_chat(cx, &mut chat)?;
        Ok(Some(get_visitor(cx, chat.visitor_id)?.address))
    }
}

/// The visitor has read up to this answer. Answers whether that is new.
pub fn read(cx: &mut Cx, visitor: VisitorId, message: MessageId) -> Result<bool> {
    match find_line(cx, visitor, message)? {
        Some(line) if line.outgoing => set_read(cx, visitor, message),
        _ => Ok(false),
    }
}
