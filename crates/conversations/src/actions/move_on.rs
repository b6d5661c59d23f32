//! The steps of a delivery, each durable before the next begins.

use base::Result;
use journal::{Cx, JobRun, Note};

use crate::channel::{Outcome, Outgoing, Stored, channels};
use crate::events;
use crate::jobs::Deliver;
use crate::model::{Author, Delivery, MessageId};
use crate::pauses::next_try;
use crate::store::attachment::list_attachments;
use crate::store::conversation::find_any;
use crate::store::message::{Message, claim_any, list_source_ids, set_delivery, set_waiting};
use crate::store::side::{find_any_side, list_side_source_ids};

/// What a delivery worker is to do.
#[derive(Debug)]
pub enum Begun {
    Deliver(Box<Outgoing>),
    /// It was begun before and nobody knows how it ended, or it was taken back.
    Nothing,
}

/// Commits that sending begins, before the first byte leaves the house. A message that is already in
/// that state was begun by somebody who did not come back: it is marked, never sent again by itself.
pub fn begin(cx: &mut Cx, run: &JobRun, id: MessageId) -> Result<Begun> {
    let message = claim_any(cx, id)?;
    match message.delivery {
        Some(Delivery::Queued) => {
            set_delivery(cx, id, Delivery::Queued, Delivery::Sending, None)?;
            Ok(Begun::Deliver(Box::new(outgoing(cx, message)?)))
        }
        // Whoever began it did not come back, but it can't arrive twice.
        Some(Delivery::Sending) if repeats(cx, &message) => {
            Ok(Begun::Deliver(Box::new(outgoing(cx, message)?)))
        }
        Some(Delivery::Sending) => {
            let why = "The program stopped while this was being sent.";
            set_delivery(cx, id, Delivery::Sending, Delivery::Unknown, Some(why))?;
            tell(cx, &message, events::UNKNOWN)?;
            run.finish(cx)?;
            Ok(Begun::Nothing)
        }
        _ => {
            run.finish(cx)?;
            Ok(Begun::Nothing)
        }
    }
}

fn repeats(cx: &Cx, message: &Message) -> bool {
    channels(&cx.registry()).get(&message.channel).is_ok_and(|channel| channel.repeats())
}

fn outgoing(cx: &mut Cx, message: Message) -> Result<Outgoing> {
    let missing = || base::error::internal("a message without its conversation");
    let c = find_any(cx, message.conversation_id)?.ok_or_else(missing)?;
    let side = match message.side_id {
        Some(id) => find_any_side(cx, id)?,
        None => None,
    };
    let references = match &side {
        Some(side) => list_side_source_ids(cx, side.id, message.id)?,
        None => list_source_ids(cx, c.id, message.id)?,
    };
    let author_name = match message.author_id {
        Some(agent) => people::agent(cx, people::AgentId(agent))?.name,
        None => String::new(),
    };
    let attachments = list_attachments(cx, &[message.id])?
        .into_iter()
        .map(|a| Stored {
            name: a.name,
            content_type: a.content_type,
            size: a.size,
            blob: a.blob,
            inline: a.inline,
            content_id: a.content_id,
        })
        .collect();
    let recipients =
        message.recipients.ok_or_else(|| base::error::internal("a message without recipients"))?;
    Ok(Outgoing {
        message: message.id,
        conversation: c.id,
        answers_to: side.as_ref().map_or(c.id.0, |side| side.id.0),
        number: c.number,
        subject: side.map_or(c.subject, |side| side.subject),
        account: c.account,
        author_name,
        author: message.author_id.map(people::AgentId),
        html: message.html,
        text: message.text,
        quoted: message.quoted,
        recipients: serde_json::from_value(recipients)?,
        attachments,
        source_id: message.source_id.unwrap_or_default(),
        references,
        created_at: message.created_at,
        automatic: message.author == Author::System,
    })
}

/// Stores how it ended; what is put off gets another slip, for its next try.
pub fn end(cx: &mut Cx, run: &JobRun, slip: &Deliver, outcome: &Outcome, last: bool) -> Result<()> {
    let id = slip.message;
    let message = claim_any(cx, id)?;
    let (to, error, event) = match outcome {
        Outcome::Delivered => (Delivery::Delivered, None, Some(events::DELIVERED)),
        Outcome::Postponed(why) if !last => (Delivery::Queued, Some(why), None),
        Outcome::Postponed(why) | Outcome::Refused(why) => {
            (Delivery::Failed, Some(why), Some(events::FAILED))
        }
        Outcome::Unclear(why) => (Delivery::Unknown, Some(why), Some(events::UNKNOWN)),
    };
    let error = error.map(|why| base::text::cut(&base::text::without_nul(why), 500).to_owned());
    set_delivery(cx, id, Delivery::Sending, to, error.as_deref())?;
    run.finish(cx)?;
    match event {
        Some(event) => tell(cx, &message, event),
        None => {
            tell(cx, &message, events::PUT_OFF)?;
            put_off(cx, slip)
        }
    }
}

fn put_off(cx: &mut Cx, slip: &Deliver) -> Result<()> {
    let tries = slip.tries + 1;
    let at = next_try(cx.now(), slip.message.0, tries);
    set_waiting(cx, slip.message, at)?;
    cx.later_at(&Deliver { tries, ..slip.clone() }, at)
}

fn tell(cx: &mut Cx, message: &Message, event: &'static str) -> Result<()> {
    cx.record(Note::new(event, "conversation", message.conversation_id.0).with("message", message.id))
        .map(drop)
}
