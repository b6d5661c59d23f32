//! A visitor leaves a name or an address during a chat.

use base::Result;
use base::error::conflict;
use journal::Cx;

use super::hands;
use super::mail::look_later;
use super::visitor::{Guest, find, welcome};
use crate::events;
use crate::model::Told;
use crate::store::chats::find_chat_of_visitor;
use crate::store::visitors::Visitor;

pub fn contact(cx: &mut Cx, guest: &Guest, told: &Told) -> Result<Visitor> {
    // Nothing is kept of somebody who has not written.
    if find(cx, guest)?.is_none() {
        return Err(conflict("chat_not_begun", "Write something first."));
    }
    let visitor = welcome(cx, guest, told)?;
    look_later(cx, &visitor)?;
    if let Some(chat) = find_chat_of_visitor(cx, visitor.id)? {
        hands::tell(cx, &chat, events::CHANGED)?;
    }
    Ok(visitor)
}
