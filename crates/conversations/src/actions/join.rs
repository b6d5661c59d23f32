//! Joins two conversations of one thread into one, and parts them again.

use base::Result;
use base::error::{conflict, invalid};
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::enter;
use crate::events;
use crate::model::ParticipantKind;
use crate::model::{ConversationId, MessageId, Status, preview};
use crate::present::{self, Row};
use crate::store::conversation::{Conversation, save};
use crate::store::message::{find_last, find_last_inbound, list_ids, move_messages};
use crate::store::people::{Participant, insert_participant};

pub struct Join;
pub struct Part;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConversationJoinInput)]
pub struct Input {
    pub conversation_id: ConversationId,
    /// The one that remains.
    pub into: ConversationId,
    #[serde(default)]
    pub version: Option<i64>,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartInput {
    pub conversation_id: ConversationId,
    pub from: ConversationId,
    pub message_ids: Vec<i64>,
    pub status: Status,
}

/// A write transaction touches a bounded number of rows.
const MOST_MESSAGES: i64 = 150;

impl Action for Join {
    const NAME: &'static str = "conversation.join";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Row;

    fn run(cx: &mut Cx, input: &Input) -> Result<Row> {
        if input.conversation_id == input.into {
            return Err(invalid("join_itself", "A conversation can't be joined with itself.").field("into"));
        }
        let mut c = enter(cx, input.conversation_id, input.version)?;
        let mut target = enter(cx, input.into, None)?;
        if c.joined_into.is_some() || target.joined_into.is_some() {
            return Err(conflict("joined_already", "One of them was joined into another one already."));
        }
        if target.status == Status::Closed {
            return Err(conflict("conversation_closed", "A closed conversation can't take in another one."));
        }
        let messages = list_ids(cx, c.id, MOST_MESSAGES + 1)?;
        if messages.len() as i64 > MOST_MESSAGES {
            let sentence = format!(
                "A conversation of more than {MOST_MESSAGES} messages can't be joined into another one."
            );
            return Err(invalid("join_too_long", sentence));
        }
        let status = c.status;
        move_messages(cx, &messages, target.id)?;
        keep_requester(cx, &c, &target)?;
        c.joined_into = Some(target.id);
        c.status = Status::Closed;
        c.status_at = cx.now();
        save(cx, &mut c)?;
        refresh(cx, &mut target)?;
        cx.record(Note::new(events::JOINED, "conversation", c.id.0).with("into", target.id))?;
        cx.record(Note::new(events::CHANGED, "conversation", target.id.0).with("joined", c.id))?;
        cx.undoable::<Part>(&PartInput {
            conversation_id: c.id,
            from: target.id,
            message_ids: messages,
            status,
        })?;
        present::row(cx, target)
    }
}

impl Action for Part {
    const NAME: &'static str = "conversation.part";
    const GRANT: &'static str = Join::NAME;
    const RISK: Risk = Risk::Reversible;
    type Input = PartInput;
    type Output = Row;

    fn run(cx: &mut Cx, input: &PartInput) -> Result<Row> {
        let mut c = enter(cx, input.conversation_id, None)?;
        let mut from = enter(cx, input.from, None)?;
        if c.joined_into != Some(from.id) {
            return Err(conflict("moved_on", "These two are not joined any more."));
        }
        move_messages(cx, &input.message_ids, c.id)?;
        c.joined_into = None;
        c.status = input.status;
        c.status_at = cx.now();
        save(cx, &mut c)?;
        refresh(cx, &mut from)?;
        cx.record(Note::new(events::PARTED, "conversation", c.id.0).with("from", from.id))?;
        cx.record(Note::new(events::CHANGED, "conversation", from.id.0).with("parted", c.id))?;
        present::row(cx, c)
    }
}

/// Another person who asked becomes a participant of what remains.
fn keep_requester(cx: &mut Cx, c: &Conversation, target: &Conversation) -> Result<()> {
    if c.requester_id == target.requester_id {
        return Ok(());
    }
    let summary = customers::summaries(cx, &[c.requester_id])?.into_iter().next();
    let Some(address) = summary.and_then(|s| s.address) else { return Ok(()) };
    let one = Participant { customer_id: c.requester_id, address, kind: ParticipantKind::Cc };
    insert_participant(cx, target.id, &one)
}

/// What the list shows of a conversation follows from its last messages.
fn refresh(cx: &mut Cx, c: &mut Conversation) -> Result<()> {
    if let Some(last) = find_last(cx, c.id)? {
        c.last_message_id = last.id;
        c.last_author = last.author;
        c.preview = preview(&last.text);
        c.last_activity_at = c.last_activity_at.max(last.created_at);
    }
    c.last_inbound_id = find_last_inbound(cx, c.id)?.map_or(MessageId(0), |m| m.id);
    save(cx, c)
}
