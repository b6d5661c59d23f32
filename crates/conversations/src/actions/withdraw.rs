//! Takes a held message back: it becomes a draft again, and what the same send changed is reverted.

use base::Result;
use base::error::{conflict, not_found};
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::door::{acting_agent, enter};
use crate::events;
use crate::model::{Author, Delivery, DraftMode, MessageId, Recipients, Reverts};
use crate::present::{self, ShownDraft};
use crate::store::attachment::clear_message;
use crate::store::conversation::{Conversation, save};
use crate::store::desk::{self, set_draft};
use crate::store::message::{Message, find_last, find_message, set_delivery};

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
        clear_message(cx, message.id)?;
        revert(cx, &mut c, &message)?;
        let recipients: Option<Recipients> = message.recipients.and_then(|r| serde_json::from_value(r).ok());
        let draft = desk::Draft {
            mode: DraftMode::Reply,
            html: message.html,
            recipients: recipients.map_or(json!({}), |r| json!({"to": r.to, "cc": r.cc})),
            updated_at: cx.now(),
        };
        set_draft(cx, c.id, agent, &draft)?;
        cx.record(Note::new(events::WITHDRAWN, "conversation", c.id.0).with("message", message.id))?;
        Ok(present::draft(draft))
    }
}

/// Only what still stands as the send left it.
fn revert(cx: &mut Cx, c: &mut Conversation, message: &Message) -> Result<()> {
    let reverts: Option<Reverts> = message.reverts.clone().and_then(|r| serde_json::from_value(r).ok());
    if let Some(reverts) = reverts {
        if c.status == reverts.status_after && c.status != reverts.status {
            c.status = reverts.status;
            c.status_at = cx.now();
        }
        if c.assignee_id == reverts.assignee_after {
            c.assignee_id = reverts.assignee;
        }
    }
    if c.last_message_id == message.id
        && let Some(last) = find_last(cx, c.id)?
    {
        c.last_message_id = last.id;
        c.last_author = last.author;
        c.preview = markup::preview(&last.text, 180);
        c.last_activity_at = last.created_at;
    } else if c.last_message_id == message.id {
        c.preview = String::new();
        c.last_author = Author::System;
    }
    save(cx, c)
}
