//! Takes in what machines report about our own messages: what became of them, for whom.
//!
//! A report is believed when it names a message that went out from here, by the id under which it went out or by a
//! signed address, and a recipient of that message. It reopens nothing, and nobody becomes a customer by it.

use base::Result;
use base::text::{cut, fold, without_nul};
use journal::{Cx, Note};
use serde_json::json;

use super::arriving;
use crate::channel::{Inbound, Report, Reported};
use crate::events;
use crate::model::{Author, ConversationId, Delivery, FateState, MessageId, MessageKind, Recipients};
use crate::store::conversation::{Conversation, find_any, save};
use crate::store::fate::{Fate, list_sent, list_sent_in, put_fate};
use crate::store::message::{Message, insert_message, insert_receipt, set_delivery};

/// Words of other servers that are kept.
const LONGEST: usize = 500;

/// Addresses of our message, with what the report says of each.
type Named<'r> = Vec<(String, &'r Reported)>;

/// `None` when it is about no message of ours: then it is kept like any other message.
pub(super) fn take_in(
    cx: &mut Cx,
    input: &Inbound,
    report: &Report,
) -> Result<Option<(ConversationId, MessageId)>> {
    let Some((about, fates)) = find(cx, input, report)? else { return Ok(None) };
    let missing = || base::error::internal("a message without its conversation");
    let mut c = find_any(cx, about.conversation_id)?.ok_or_else(missing)?;
    let note = note(cx, input, c.id);
    insert_message(cx, &note)?;
    insert_receipt(cx, &input.receipt, note.id)?;
    arriving::keep_files(cx, input, note.id)?;
    for (address, fate) in &fates {
        put_fate(cx, &row(cx, about.id, note.id, address, fate))?;
        mark_customer(cx, input, address, fate)?;
    }
    tell(cx, &mut c, &about, &note, &fates)?;
    Ok(Some((c.id, note.id)))
}

/// The message of ours, with the recipients of it that the report names.
fn find<'r>(cx: &mut Cx, input: &Inbound, report: &'r Report) -> Result<Option<(Message, Named<'r>)>> {
    let mut candidates = Vec::new();
    for id in report.about.iter().take(5) {
        candidates.extend(list_sent(cx, &input.channel, id)?);
    }
    let by_id = !candidates.is_empty();
    if let Some(signed) = input.signed.filter(|_| !by_id) {
        candidates = list_sent_in(cx, &input.channel, ConversationId(signed))?;
    }
    for message in candidates {
        let fates = matching(&message, report, by_id);
        if !fates.is_empty() {
            return Ok(Some((message, fates)));
        }
    }
    Ok(None)
}

/// Recipients of the message that the report names. Mail that was sent on fails at an address that we never wrote
/// to: with one recipient it can only be his.
fn matching<'r>(message: &Message, report: &'r Report, by_id: bool) -> Named<'r> {
    let to = addresses(message);
    let mut found: Named<'r> = Vec::new();
    for fate in &report.fates {
        let named = to.iter().find(|address| fate.addresses.iter().any(|one| fold(one) == fold(address)));
        let only = match &to[..] {
            [only] if by_id && report.fates.len() == 1 => Some(only),
            _ => None,
        };
        if let Some(address) =
            named.or(only).filter(|address| !found.iter().any(|(known, _)| known == *address))
        {
            found.push((address.clone(), fate));
        }
    }
    found
}

fn addresses(message: &Message) -> Vec<String> {
    let parsed =
        message.recipients.clone().and_then(|value| serde_json::from_value::<Recipients>(value).ok());
    let list = parsed.unwrap_or_default();
    list.to.into_iter().chain(list.cc).chain(list.bcc).map(|party| party.address).collect()
}

fn row(cx: &Cx, message_id: MessageId, report_id: MessageId, address: &str, fate: &Reported) -> Fate {
    Fate {
        message_id,
        folded: fold(address),
        address: address.to_owned(),
        state: fate.state,
        hard: fate.hard,
        cause: fate.cause.clone(),
        status: fate.status.clone(),
        words: cut(&without_nul(&fate.words), LONGEST).to_owned(),
        report_id,
        at: cx.now(),
    }
}

/// A receipt says that somebody is there; the others are what the next agent should know before writing.
fn mark_customer(cx: &mut Cx, input: &Inbound, address: &str, fate: &Reported) -> Result<()> {
    let kind = input.identity_kind;
    match fate.state {
        FateState::Read | FateState::Delivered => customers::clear_trouble(cx, kind, address),
        FateState::Complained => customers::mark_trouble(cx, kind, address, false, "complained", &fate.words),
        FateState::Failed | FateState::Delayed => {
            customers::mark_trouble(cx, kind, address, fate.hard, &fate.cause, &fate.words)
        }
    }
}

/// Moves the message on and tells it. What failed stands unread before whoever looks at the conversation.
fn tell(
    cx: &mut Cx,
    c: &mut Conversation,
    about: &Message,
    note: &Message,
    fates: &[(String, &Reported)],
) -> Result<()> {
    let any = |state: FateState| fates.iter().find(|(_, fate)| fate.state == state);
    let state = about.delivery.unwrap_or(Delivery::Delivered);
    let failed = any(FateState::Failed);
    if let Some((_, fate)) = failed.filter(|_| may_fail(state)) {
        set_delivery(cx, about.id, state, Delivery::Failed, Some(cut(&without_nul(&fate.words), LONGEST)))?;
        let failed = Note::new(events::FAILED, "conversation", c.id.0);
        cx.record(failed.with("message", about.id).with("report", note.id))?;
    } else if let Some((_, fate)) = any(FateState::Delayed).filter(|_| may_wait(state)) {
        set_delivery(cx, about.id, state, Delivery::Delayed, Some(cut(&without_nul(&fate.words), LONGEST)))?;
    } else if any(FateState::Read).is_some() && state == Delivery::Delayed {
        set_delivery(cx, about.id, state, Delivery::Delivered, None)?;
    }
    if failed.is_some() || any(FateState::Complained).is_some() {
        c.last_inbound_id = note.id;
        c.last_activity_at = cx.now();
    }
    save(cx, c)?;
    let reported = Note::new(events::REPORTED, "conversation", c.id.0);
    cx.record(reported.with("message", about.id).with("report", note.id)).map(drop)
}

/// Whatever has left the house may come back; what was put down to be sent again waits for its new fate.
fn may_fail(state: Delivery) -> bool {
    matches!(state, Delivery::Delivered | Delivery::Delayed | Delivery::Unknown)
}

fn may_wait(state: Delivery) -> bool {
    matches!(state, Delivery::Delivered | Delivery::Unknown)
}

/// Beside the thread as customers see it, and no answer of anybody.
fn note(cx: &Cx, input: &Inbound, conversation: ConversationId) -> Message {
    let mut marks = input.marks.clone();
    marks.push("automatic".to_owned());
    Message {
        kind: MessageKind::Note,
        marks: json!(marks),
        ..arriving::message(cx, input, conversation, Author::System)
    }
}
