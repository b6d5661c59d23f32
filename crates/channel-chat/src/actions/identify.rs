//! An anonymous visitor turns out to be a customer who has proven it: the thread moves there.

use base::Result;
use conversations::events::CHANGED;
use conversations::store::attachment::{count_waiting, move_waiting};
use conversations::store::conversation::{find_any, save};
use customers::actions::merge::{Input, Merge};
use customers::{CustomerId, IdentityKind};
use journal::{Action, Cx, Note};
use people::Scope;

use super::arrive::uploader;
use super::visitor::{Guest, proven_customer, welcome};
use crate::model::{Told, VisitorId};
use crate::store::chats::move_chats;
use crate::store::lines::{list_after, move_line};
use crate::store::visitors::{Visitor, find_visitor, find_visitor_locked, set_visitor};

/// Lines that are moved at once; nobody has written more without ever signing in.
const MOST_LINES: i64 = 1_000;

/// Whether whoever is known by this address has left anything that could move along.
pub fn has_begun(cx: &mut Cx, earlier: &str) -> Result<bool> {
    Ok(find_visitor(cx, earlier)?.is_some() || count_waiting(cx, &uploader(earlier))?.0 > 0)
}

/// `earlier` names the visitor that the same browser was until now.
pub fn identify(cx: &mut Cx, guest: &Guest, earlier: &str) -> Result<()> {
    let Some(who) = &guest.bearer.proven else { return Ok(()) };
    // Files may wait for a first message, when there is no visitor yet.
    move_waiting(cx, &uploader(earlier), &uploader(&guest.bearer.address))?;
    let found = find_visitor_locked(cx, earlier)?;
    let movable = found.filter(|v| v.subject.is_none() && v.merged_into.is_none() && v.banned_at.is_none());
    let Some(mut before) = movable else { return Ok(()) };
    let customer = proven_customer(cx, who)?;
    let mut visitor = welcome(cx, guest, &Told::default())?;
    for line in list_after(cx, before.id, 0, MOST_LINES)? {
        move_line(cx, before.id, line.line, visitor.id)?;
    }
    move_chats(cx, before.id, visitor.id)?;
    own_conversation(cx, &before, customer)?;
    visitor.conversation_id = before.conversation_id.or(visitor.conversation_id);
    if visitor.name.is_empty() {
        visitor.name.clone_from(&before.name);
    }
    set_visitor(cx, &visitor)?;
    leave(cx, &mut before, visitor.id)
}

fn leave(cx: &mut Cx, before: &mut Visitor, into: VisitorId) -> Result<()> {
    before.merged_into = Some(into);
    set_visitor(cx, before)
}

/// What the anonymous visitor began is the customer's now. Whoever was nobody but this visitor becomes the
/// customer; a record to which agents have added something stays, and only its conversation moves.
fn own_conversation(cx: &mut Cx, before: &Visitor, customer: CustomerId) -> Result<()> {
    let Some(known) = customers::find_by(cx, IdentityKind::Chat, &before.address)? else { return Ok(()) };
    let Some(id) = before.conversation_id.filter(|_| known.customer != customer) else { return Ok(()) };
    let identities = customers::identities(cx, &Scope::All, known.customer)?;
    if identities.len() == 1 {
        Merge::run(cx, &Input { customer: known.customer, into: customer })?;
    }
    let Some(mut c) = find_any(cx, id)? else { return Ok(()) };
    if c.requester_id == known.customer {
        c.requester_id = customer;
        save(cx, &mut c)?;
    }
    let note = Note::new(CHANGED, "conversation", c.id.0);
    cx.record(note.change("requester_id", known.customer, customer)).map(drop)
}
