//! Sends a message again whose fate is failed or unknown, under the same id; one that was put off is tried at once.

use base::Result;
use base::error::{conflict, not_found};
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::acting_agent;
use crate::events;
use crate::jobs::Deliver;
use crate::model::{Delivery, MessageId};
use crate::present::{self, Shown};
use crate::store::message::{Message, claim_any, find_message, set_delivery, set_waiting};

pub struct Resend;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MessageResendInput)]
pub struct Input {
    pub message_id: MessageId,
}

impl Action for Resend {
    const NAME: &'static str = "message.resend";
    const GRANT: &'static str = "conversation.reply";
    const RISK: Risk = Risk::Outward;
    type Input = Input;
    type Output = Shown;

    fn run(cx: &mut Cx, input: &Input) -> Result<Shown> {
        acting_agent(cx)?;
        let scope = people::scope(cx)?;
        let message =
            find_message(cx, &scope, input.message_id)?.ok_or_else(|| not_found("message_not_found"))?;
        let state = match message.delivery {
            Some(state @ (Delivery::Failed | Delivery::Unknown)) => state,
            Some(Delivery::Queued) if message.hold_until.is_some_and(|until| until > cx.now()) => {
                return hurry(cx, message);
            }
            _ => return Err(conflict("not_resendable", "Only a message that failed can be sent again.")),
        };
        set_delivery(cx, message.id, state, Delivery::Queued, None)?;
        let name = events::written(message.kind);
        cx.record(Note::new(name, "conversation", message.conversation_id.0).with("message", message.id))?;
        let since = Some(cx.now());
        cx.later(&Deliver { message: message.id, since, tries: 0 })?;
        let stored = claim_any(cx, message.id)?;
        present::message(cx, stored)
    }
}

/// Its slip is there and rests: nobody else has it.
fn hurry(cx: &mut Cx, message: Message) -> Result<Shown> {
    let now = cx.now();
    cx.sooner(&Deliver { message: message.id, since: Some(now), tries: 0 })?;
    set_waiting(cx, message.id, now)?;
    let note = Note::new(events::HURRIED, "conversation", message.conversation_id.0);
    cx.record(note.with("message", message.id))?;
    let stored = claim_any(cx, message.id)?;
    present::message(cx, stored)
}
