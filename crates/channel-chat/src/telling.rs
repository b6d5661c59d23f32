//! Puts an answer where its visitor finds it: as a line of the own thread, once.

use base::Result;
use conversations::channel::{Outgoing, Reach, Whom};
use conversations::model::Party;
use journal::Cx;

use crate::actions::mail::look_later;
use crate::model::is_visitor_address;
use crate::store::chats::{find_chat_of_visitor, get_chat_locked, set_chat};
use crate::store::lines::put_line;
use crate::store::visitors::{Visitor, find_visitor_locked, get_visitor_locked};

/// Told again it stays one line. Answers whether there is somebody to tell.
pub fn tell(cx: &mut Cx, letter: &Outgoing) -> Result<bool> {
    let mut told = false;
    for party in &letter.recipients.to {
        let Some(visitor) = whom(cx, &party.address)? else { continue };
        told = true;
        if put_line(cx, visitor.id, letter.message, letter.conversation, None)?.is_none() {
            continue;
        }
        answered(cx, &visitor, letter)?;
        look_later(cx, &visitor)?;
    }
    Ok(told)
}

/// Who has proven who it is since is found under the new name.
fn whom(cx: &mut Cx, address: &str) -> Result<Option<Visitor>> {
    let found = find_visitor_locked(cx, address)?;
    match found.as_ref().and_then(|visitor| visitor.merged_into) {
        Some(into) => get_visitor_locked(cx, into).map(Some),
        None => Ok(found),
    }
}

fn answered(cx: &mut Cx, visitor: &Visitor, letter: &Outgoing) -> Result<()> {
    let Some(chat) = find_chat_of_visitor(cx, visitor.id)? else { return Ok(()) };
    if chat.conversation_id != letter.conversation {
        return Ok(());
    }
    let mut chat = get_chat_locked(cx, chat.id)?;
    chat.heard_at = cx.now();
    if chat.answered_at.is_none() {
        chat.answered_at = Some(cx.now());
    }
    set_chat(cx, &mut chat)
}

/// The visitor of this conversation, else the customer's own thread.
pub fn reaches(cx: &mut Cx, whom: &Whom<'_>) -> Result<Reach> {
    let chat = crate::store::chats::find_chat_of(cx, whom.conversation)?;
    let visitor = match chat {
        Some(chat) => Some(crate::store::visitors::get_visitor(cx, chat.visitor_id)?),
        None => None,
    };
    let known =
        whom.identities.iter().rfind(|one| is_visitor_address(&one.value)).map(|one| one.value.clone());
    let (address, banned) = match (visitor, known) {
        (Some(visitor), _) => (visitor.address, visitor.banned_at.is_some()),
        (None, Some(address)) => (address, false),
        (None, None) => return Ok(Reach::Not("no_address")),
    };
    match banned {
        true => Ok(Reach::Not("visitor_gone")),
        false => Ok(Reach::At(Party { name: whom.name.to_owned(), address })),
    }
}
