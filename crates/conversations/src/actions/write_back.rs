//! Takes in what an agent has written away from the desk: an answer to the customer or a note. What must not go out
//! stands in the conversation as a note that says why.

use base::Result;
use base::error::forbidden;
use journal::{Action, Cx, Risk, Who};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::admit::{Way, way};
use super::carry::{answer, note};
use crate::model::{ConversationId, MessageId};
use crate::store::conversation::{Conversation, find_any};
use crate::store::message::{add_repeat, find_receipt, insert_receipt};

pub use super::written::Input;

pub struct WriteBack;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ConversationWrittenBack)]
pub struct Written {
    pub message_id: MessageId,
    /// Why it was parked.
    pub parked: Option<String>,
    /// It was here already.
    pub repeated: bool,
}

impl Action for WriteBack {
    const NAME: &'static str = "conversation.write_back";
    const RISK: Risk = Risk::Outward;
    type Input = Input;
    type Output = Written;

    fn run(cx: &mut Cx, input: &Input) -> Result<Written> {
        // It is done under somebody else's name, so nobody may ask for it from outside.
        if cx.caller().who != Who::System {
            return Err(forbidden("system_only", "Only the house itself does this."));
        }
        for receipt in std::iter::once(&input.words.receipt).chain(&input.words.twin) {
            if let Some(message_id) = find_receipt(cx, receipt)? {
                add_repeat(cx, message_id)?;
                return Ok(Written { message_id, parked: None, repeated: true });
            }
        }
        let c = place(cx, input.conversation_id)?;
        let (message_id, parked) = match way(cx, input, &c)? {
            Way::Answer(caller, ready) => (answer(cx, input, c, caller, *ready)?, None),
            Way::Note(caller) => (cx.as_caller(caller, |cx| note(cx, input, c, None))?, None),
            Way::Park(why) => (note(cx, input, c, Some(&why))?, Some(why)),
        };
        insert_receipt(cx, &input.words.receipt, message_id)?;
        if let Some(twin) = &input.words.twin {
            insert_receipt(cx, twin, message_id)?;
        }
        Ok(Written { message_id, parked, repeated: false })
    }
}

/// Where the conversation is by now, through joins.
fn place(cx: &mut Cx, id: ConversationId) -> Result<Conversation> {
    let missing = || base::error::not_found("conversation_not_found");
    let mut c = find_any(cx, id)?.ok_or_else(missing)?;
    for _ in 0..10 {
        match c.joined_into {
            Some(into) => c = find_any(cx, into)?.ok_or_else(missing)?,
            None => break,
        }
    }
    Ok(c)
}
