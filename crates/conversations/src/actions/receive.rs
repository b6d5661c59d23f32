//! Takes in what a channel has received: once, and from nobody who is shut out.

use base::Result;
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::taking;
use crate::channel::{HoldCause, HoldReason, Inbound};
use crate::events;
use crate::model::{ConversationId, LONGEST_SUBJECT, MessageId};
use crate::store::blocked::{Blocked, insert_blocked};
use crate::store::message::{add_repeat, find_receipt};

pub struct Receive;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Received {
    pub conversation_id: ConversationId,
    pub message_id: MessageId,
    /// It was here already: nothing was added but a count.
    pub repeated: bool,
    /// It is held back: nothing was opened, and both ids are 0.
    pub blocked: bool,
}

impl Action for Receive {
    const NAME: &'static str = "conversation.receive";
    const RISK: Risk = Risk::Irreversible;
    type Input = Inbound;
    type Output = Received;

    fn run(cx: &mut Cx, input: &Inbound) -> Result<Received> {
        if let Some(message_id) = find_receipt(cx, &input.receipt)? {
            return repeated(cx, message_id);
        }
        let twin = match &input.hints.twin {
            Some(twin) => find_receipt(cx, twin)?,
            None => None,
        };
        if let Some(message_id) = twin {
            return repeated(cx, message_id);
        }
        if !input.released && customers::is_blocked(cx, input.identity_kind, &input.from.address)? {
            return held_back(cx, input, HoldCause::Blocked, &[]);
        }
        if let Some(hold) = input.hints.hold.as_ref().filter(|_| !input.released) {
            return held_back(cx, input, hold.cause, &hold.reasons);
        }
        let (conversation_id, message_id) = taking::take(cx, input)?;
        Ok(Received { conversation_id, message_id, repeated: false, blocked: false })
    }
}

fn repeated(cx: &mut Cx, message_id: MessageId) -> Result<Received> {
    add_repeat(cx, message_id)?;
    let earlier = crate::store::message::claim_any(cx, message_id)?;
    let note = Note::new(events::REPEATED, "conversation", earlier.conversation_id.0);
    cx.record(note.with("message", message_id))?;
    Ok(Received { conversation_id: earlier.conversation_id, message_id, repeated: true, blocked: false })
}

/// What is held back is kept and counted where agents can look for it; nobody is told.
fn held_back(cx: &mut Cx, input: &Inbound, cause: HoldCause, reasons: &[HoldReason]) -> Result<Received> {
    let one = Blocked {
        id: cx.new_id(),
        channel: input.channel.clone(),
        account: input.account.clone(),
        name: input.from.name.clone(),
        address: input.from.address.clone(),
        subject: base::text::cut(input.subject.trim(), LONGEST_SUBJECT).to_owned(),
        raw_id: input.raw_id,
        repeats: 0,
        arrived_at: cx.now(),
        released_at: None,
        cause: Some(cause),
        reasons: Some(json!(reasons)),
    };
    insert_blocked(cx, &one, &input.receipt)?;
    let nothing = (ConversationId(0), MessageId(0));
    Ok(Received { conversation_id: nothing.0, message_id: nothing.1, repeated: false, blocked: true })
}
