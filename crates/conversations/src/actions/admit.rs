//! Where what an agent has written away from the desk may go: everything that could stop it is asked before anything
//! is written.

use base::{Kind, Result};
use journal::{Action, Caller, Cx};
use people::AgentId;

use super::addressing::recipients;
use super::note::Note;
use super::reply::Reply;
use super::written::Input;
use crate::model::{Recipients, Shelf, Status, Wish};
use crate::store::conversation::{Conversation, find_conversation};

/// An answer for which everything is decided.
pub(super) struct Ready {
    pub agent: AgentId,
    pub channel: String,
    pub recipients: Recipients,
}

pub(super) enum Way {
    Answer(Caller, Box<Ready>),
    Note(Caller),
    Park(String),
}

pub(super) fn way(cx: &mut Cx, input: &Input, c: &Conversation) -> Result<Way> {
    let park = |why: &str| Ok(Way::Park(why.to_owned()));
    if let Some(why) = &input.parked {
        return park(why);
    }
    let Some(agent) = input.agent else { return park("not_proven") };
    let Some(caller) = people::caller_of(cx, agent)? else { return park("agent_inactive") };
    let grant = if input.answer { Reply::GRANT } else { Note::GRANT };
    if !caller.may(grant) {
        return park("not_permitted");
    }
    let id = c.id;
    let visible = cx.as_caller(caller.clone(), |cx| {
        let scope = people::scope(cx)?;
        find_conversation(cx, &scope, id)
    })?;
    if visible.is_none() {
        return park("not_visible");
    }
    if c.shelf == Shelf::Bin {
        return park("conversation_deleted");
    }
    if input.words.text.trim().is_empty() && input.words.attachments.is_empty() {
        return park("nothing_new");
    }
    if !input.answer {
        return Ok(Way::Note(caller));
    }
    match (c.spam, c.status) {
        (true, _) => return park("conversation_spam"),
        (_, Status::Closed) => return park("conversation_closed"),
        _ => {}
    }
    match cx.as_caller(caller.clone(), |cx| recipients(cx, c, &Wish::default())) {
        Ok((channel, recipients)) => Ok(Way::Answer(caller, Box::new(Ready { agent, channel, recipients }))),
        // What passes is tried again with the whole mail; what is refused stays refused.
        Err(e) if matches!(e.kind, Kind::Internal | Kind::Unavailable | Kind::TooMany) => Err(e),
        Err(e) => park(e.code),
    }
}
