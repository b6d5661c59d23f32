//! Takes a held message back: it becomes a draft again, and what the same send changed is reverted.

use base::Result;
use base::error::{conflict, not_found};
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::door::{acting_agent, enter};
use super::revert::revert;
use crate::events;
use crate::model::{Delivery, DraftMode, MessageId, MessageKind, Recipients};
use crate::present::{self, ShownDraft};
use crate::store::attachment::{clear_message, list_attachments};
use crate::store::desk::{self, set_draft};
use crate::store::message::{find_message, set_delivery};

pub struct Withdraw;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MessageWithdrawInput)]
pub struct Input {
    pub message_id: MessageId,
}

impl Action for Withdraw {
    const NAME: &'static str = "message.withdraw";
    const GRANT: &'static str = "conversation.reply";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = ShownDraft;

    fn run(cx: &mut Cx, input: &Input) -> Result<ShownDraft> {
        let agent = acting_agent(cx)?;
        let scope = people::scope(cx)?;
        let message =
            find_message(cx, &scope, input.message_id)?.ok_or_else(|| not_found("message_not_found"))?;
        if message.delivery != Some(Delivery::Held) {
            return Err(conflict("already_sent", "This message has gone out already."));
        }
        let mut c = enter(cx, message.conversation_id, None)?;
        set_delivery(cx, message.id, Delivery::Held, Delivery::Withdrawn, None)?;
        let files = list_attachments(cx, &[message.id])?;
        clear_message(cx, message.id)?;
        revert(cx, &mut c, &message)?;
        let recipients: Option<Recipients> = message.recipients.and_then(|r| serde_json::from_value(r).ok());
        let draft = desk::Draft {
            // What was meant for a third party never becomes an answer to the customer.
            mode: if message.kind == MessageKind::Side { DraftMode::Side } else { DraftMode::Reply },
            html: present::with_inline(&message.html, &files),
            recipients: recipients.map_or(json!({}), |r| json!({"to": r.to, "cc": r.cc})),
            updated_at: cx.now(),
        };
        set_draft(cx, c.id, agent, &draft)?;
        let name = events::withdrawn(message.kind);
        cx.record(Note::new(name, "conversation", c.id.0).with("message", message.id))?;
        let attachments = files.into_iter().map(present::file).collect();
        Ok(ShownDraft { attachments, ..present::draft(draft) })
    }
}
