//! Shuts a visitor out, and lets it in again.

use base::Result;
use base::error::not_found;
use conversations::model::ConversationId;
use conversations::store::conversation::find_conversation;
use journal::{Action, Cx, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::hands;
use crate::events;
use crate::model::{BAN_SECONDS, EndedBy};
use crate::store::bans::{delete_bans, put_ban};
use crate::store::chats::{Chat, find_chat_of, get_chat_locked};
use crate::store::visitors::{Visitor, get_visitor_locked, set_visitor};

pub struct Ban;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChatBanInput)]
pub struct Input {
    #[serde(default)]
    pub conversation_id: Option<ConversationId>,
    /// The network address too, for a day.
    #[serde(default = "yes")]
    pub address: bool,
}

fn yes() -> bool {
    true
}

impl Action for Ban {
    const NAME: &'static str = "chat.ban";
    const GRANT: &'static str = "conversation.ban";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    /// By what the visitor is named: its sockets are closed.
    type Output = String;

    fn run(cx: &mut Cx, input: &Input) -> Result<String> {
        let (mut chat, mut visitor) = enter(cx, input)?;
        if visitor.banned_at.is_some() {
            return Ok(visitor.address);
        }
        visitor.banned_at = Some(cx.now());
        set_visitor(cx, &visitor)?;
        if input.address {
            let until = cx.now().plus_seconds(BAN_SECONDS);
            put_ban(cx, &visitor.network, visitor.id, until)?;
        }
        hands::end(cx, &mut chat, EndedBy::Agent)?;
        hands::tell(cx, &chat, events::CHANGED)?;
        cx.undoable::<Unban>(input)?;
        Ok(visitor.address)
    }
}

pub struct Unban;

impl Action for Unban {
    const NAME: &'static str = "chat.unban";
    const GRANT: &'static str = "conversation.ban";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = ();

    fn run(cx: &mut Cx, input: &Input) -> Result<()> {
        let (chat, mut visitor) = enter(cx, input)?;
        visitor.banned_at = None;
        set_visitor(cx, &visitor)?;
        delete_bans(cx, visitor.id)?;
        hands::tell(cx, &chat, events::CHANGED)
    }
}

fn enter(cx: &mut Cx, input: &Input) -> Result<(Chat, Visitor)> {
    let id = input.conversation_id.ok_or_else(|| not_found("conversation_not_found"))?;
    let scope = people::scope(cx)?;
    find_conversation(cx, &scope, id)?.ok_or_else(|| not_found("conversation_not_found"))?;
    let chat = find_chat_of(cx, id)?.ok_or_else(|| not_found("chat_none"))?;
    let chat = get_chat_locked(cx, chat.id)?;
    let visitor = get_visitor_locked(cx, chat.visitor_id)?;
    Ok((chat, visitor))
}
