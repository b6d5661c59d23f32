//! Which conversation an arriving message belongs to.

use base::Result;
use base::text::fold;
use customers::CustomerId;
use journal::Cx;

use super::begin::{Beginning, begin, put};
use crate::channel::{Arrival, Inbound};
use crate::model::{Author, ConversationId, LONGEST_SUBJECT, Shelf, Status};
use crate::store::conversation::{Conversation, find_any, insert_conversation, save};
use crate::store::people::is_participant;
use crate::store::thread::{find_by_references, find_number, list_lately};

/// An answer that names nothing but its subject goes on with what moved within these days.
const RECENT_DAYS: i64 = 30;

/// How a message came to its conversation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Placed {
    Fresh,
    Joined,
    FollowUp,
}

/// Into the conversation that it belongs to; one that is closed for good goes on in a follow-up.
pub(super) fn place(cx: &mut Cx, input: &Inbound, sender: CustomerId) -> Result<(Conversation, Placed)> {
    match belongs_to(cx, input, sender)? {
        Some(c) if c.status == Status::Closed && input.arrival != Arrival::History => {
            Ok((open(cx, input, sender, Some(&c))?, Placed::FollowUp))
        }
        Some(c) => Ok((c, Placed::Joined)),
        None => Ok((open(cx, input, sender, None)?, Placed::Fresh)),
    }
}

/// Not stored yet; its row is written with the message in it.
fn open(
    cx: &mut Cx,
    input: &Inbound,
    requester: CustomerId,
    follows: Option<&Conversation>,
) -> Result<Conversation> {
    let with = Beginning {
        subject: base::text::cut(input.subject.trim(), LONGEST_SUBJECT).to_owned(),
        channel: input.channel.clone(),
        brand: follows.and_then(|f| f.brand_id).or(input.brand),
        team: follows.and_then(|f| f.team_id).or(input.team),
        requester,
        submitter: match &input.hints.forwarder {
            Some(forwarder) => format!("agent:{}", forwarder.agent),
            None => format!("customer:{requester}"),
        },
        author: Author::Customer,
    };
    let mut c = begin(cx, with)?;
    c.follow_up_of = follows.map(|f| f.id);
    // A report about mail that never went out from here is kept, and nobody has to do anything.
    if input.hints.report.is_some() {
        c.status = Status::Solved;
        c.shelf = Shelf::Solved;
    }
    Ok(c)
}

/// Stores what was changed, or the conversation as it begins; of earlier days it begins without an event of
/// its own, since its message tells of both.
pub(super) fn keep(cx: &mut Cx, input: &Inbound, c: &mut Conversation, placed: Placed) -> Result<()> {
    match (placed, input.arrival) {
        (Placed::Joined, _) => save(cx, c),
        (_, Arrival::History) => insert_conversation(cx, c),
        (_, Arrival::Live | Arrival::Quiet) => put(cx, c),
    }
}

/// By the surest sign first: a signed address, headers of somebody who takes part, the number in the subject of
/// somebody who takes part, the subject of an answer by the requester while the conversation is young. `None` asks
/// for a conversation of its own.
pub(super) fn belongs_to(cx: &mut Cx, input: &Inbound, sender: CustomerId) -> Result<Option<Conversation>> {
    let mut named = input.signed.map(ConversationId);
    if named.is_none() {
        named = referenced(cx, input, sender)?;
    }
    if named.is_none() {
        named = numbered(cx, input, sender)?;
    }
    if named.is_none() {
        named = by_subject(cx, input, sender)?;
    }
    let mut found = match named {
        Some(id) => find_any(cx, id)?,
        None => None,
    };
    // A joined conversation passes on what arrives for it; the chain is short, but never trusted.
    for _ in 0..10 {
        match found.as_ref().and_then(|c| c.joined_into) {
            Some(into) => found = find_any(cx, into)?,
            None => break,
        }
    }
    Ok(found.filter(|c| c.shelf != Shelf::Bin))
}

/// Also by rows of the customer that are still on their way here after a merge.
fn referenced(cx: &mut Cx, input: &Inbound, customer: CustomerId) -> Result<Option<ConversationId>> {
    let found = find_by_references(cx, &input.references, customer)?;
    if found.is_some() || input.references.is_empty() {
        return Ok(found);
    }
    for earlier in customers::with_moving(cx, customer)?.into_iter().skip(1) {
        let found = find_by_references(cx, &input.references, earlier)?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Numbers can be guessed, so they lead only those who take part.
fn numbered(cx: &mut Cx, input: &Inbound, customer: CustomerId) -> Result<Option<ConversationId>> {
    let Some(number) = input.hints.number else { return Ok(None) };
    let Some(id) = find_number(cx, number)? else { return Ok(None) };
    let Some(c) = find_any(cx, id)? else { return Ok(None) };
    let takes_part = c.requester_id == customer || is_participant(cx, c.id, customer)?;
    Ok(takes_part.then_some(c.id))
}

/// Newsletters and shops write one subject to everybody, so it counts for the requester's own conversations alone.
fn by_subject(cx: &mut Cx, input: &Inbound, customer: CustomerId) -> Result<Option<ConversationId>> {
    let Some(subject) = input.hints.answers_subject.as_deref().map(fold) else { return Ok(None) };
    if subject.trim().is_empty() || !input.references.is_empty() && input.automatic {
        return Ok(None);
    }
    let since = cx.now().plus_seconds(-RECENT_DAYS * 24 * 3600);
    let lately = list_lately(cx, customer, &input.channel, since)?;
    let same = |known: &str| {
        let known = fold(&known.split_whitespace().collect::<Vec<_>>().join(" "));
        // Behind marks of answers and tags of lists.
        let begun = known.strip_suffix(&subject).map(str::trim_end);
        begun.is_some_and(|begun| begun.is_empty() || begun.ends_with([':', '：', ']']))
    };
    Ok(lately.into_iter().find(|(_, known)| same(known)).map(|(id, _)| id))
}
