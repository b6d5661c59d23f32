//! A chat is over; its conversation stays.

use base::Result;
use journal::{Action, Cx, Risk};

use super::hands;
use super::take::Input;
use crate::model::{ChatRow, EndedBy, VisitorId};
use crate::present;
use crate::store::chats::{find_chat_of_visitor, get_chat_locked};

pub struct End;

impl Action for End {
    const NAME: &'static str = "chat.end";
    const GRANT: &'static str = "conversation.reply";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    type Output = ChatRow;

    fn run(cx: &mut Cx, input: &Input) -> Result<ChatRow> {
        people::acting_agent(cx)?;
        let mut chat = hands::enter(cx, input.chat_id)?;
        hands::end(cx, &mut chat, EndedBy::Agent)?;
        present::row(cx, &chat)
    }
}

/// The visitor leaves.
pub fn leave(cx: &mut Cx, visitor: VisitorId) -> Result<()> {
    let Some(chat) = find_chat_of_visitor(cx, visitor)? else { return Ok(()) };
    let mut chat = get_chat_locked(cx, chat.id)?;
    hands::end(cx, &mut chat, EndedBy::Visitor)
}
