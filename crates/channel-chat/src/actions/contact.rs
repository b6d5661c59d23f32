//! A visitor leaves a name or an address during a chat.

use base::Result;
use base::error::conflict;
use customers::actions::change::{Change, Input};
use customers::{Details, IdentityKind};
use journal::{Action, Cx};
use people::Scope;

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
    call_by_name(cx, &visitor)?;
    look_later(cx, &visitor)?;
    if let Some(chat) = find_chat_of_visitor(cx, visitor.id)? {
        hands::tell(cx, &chat, events::CHANGED)?;
    }
    Ok(visitor)
}

/// Whoever had no name gets the one that was typed; a name that is known stays.
fn call_by_name(cx: &mut Cx, visitor: &Visitor) -> Result<()> {
    let known = customers::find_by(cx, IdentityKind::Chat, &visitor.address)?;
    let Some(known) = known.filter(|_| !visitor.name.is_empty() && visitor.subject.is_none()) else {
        return Ok(());
    };
    let customer = customers::customer(cx, &Scope::All, known.customer)?;
    if !customer.name.is_empty() {
        return Ok(());
    }
    let details = Details {
        name: visitor.name.clone(),
        language: customer.language,
        time_zone: customer.time_zone,
        preferred_channel: customer.preferred_channel,
        note: customer.note,
        tags: customer.tags,
        attributes: customer.attributes,
    };
    Change::run(cx, &Input { customer: customer.id, version: None, details }).map(drop)
}
