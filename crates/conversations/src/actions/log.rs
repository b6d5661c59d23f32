//! Writes down what was said by telephone, at the counter or in a letter, as a message of the thread.

use std::sync::Arc;

use base::error::{conflict, invalid};
use base::{Result, Time};
use customers::{IdentityKind, TimelineId};
use journal::{Action, Cx, Note, Risk, Workspace};
use people::AgentId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::door::{acting_agent, enter};
use super::entry::{Entry, put_down};
use super::revert::revert;
use super::text::{Clean, clean_or_empty};
use crate::events;
use crate::model::{AttachmentId, ContactChannel, ConversationId, Direction, MessageId, Status};
use crate::present::{self, Shown};
use crate::store::attachment::clear_message;
use crate::store::conversation::save;
use crate::store::message::{claim_any, find_message, set_unlogged};

pub struct Log;

/// A number, a mail address or a postal address that a contact was with.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ContactIdentity)]
pub struct With {
    pub kind: IdentityKind,
    pub value: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MessageLogInput)]
pub struct Input {
    #[serde(default)]
    pub conversation_id: Option<ConversationId>,
    pub channel: ContactChannel,
    pub direction: Direction,
    /// What was said; may be empty when something is attached.
    pub html: String,
    /// Now when absent.
    #[serde(default)]
    pub occurred_at: Option<Time>,
    #[serde(default)]
    pub duration_seconds: Option<i64>,
    #[serde(default)]
    pub upload_ids: Vec<AttachmentId>,
    /// Becomes a claim of the customer, unless somebody has it.
    #[serde(default)]
    pub identity: Option<With>,
    /// The status that the conversation gets with it.
    #[serde(default)]
    pub then: Option<Status>,
    #[serde(default)]
    pub version: Option<i64>,
    #[serde(skip)]
    #[schema(ignore)]
    pub clean: Option<Clean>,
}

impl Action for Log {
    const NAME: &'static str = "message.log";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Shown;

    async fn prepare(_house: &Arc<Workspace>, input: &mut Input) -> Result<()> {
        input.clean = Some(clean_or_empty(&input.html).await?);
        Ok(())
    }

    fn run(cx: &mut Cx, input: &Input) -> Result<Shown> {
        let agent = acting_agent(cx)?;
        let id = input
            .conversation_id
            .ok_or_else(|| invalid("conversation_missing", "Which conversation?").field("conversation_id"))?;
        let mut c = enter(cx, id, input.version)?;
        if c.status == Status::Closed {
            return Err(conflict("conversation_closed", "This conversation is closed for good."));
        }
        if let Some(with) = &input.identity {
            let requester = customers::resolve(cx, c.requester_id)?;
            customers::add_claim(cx, requester, with.kind, &with.value)?;
        }
        let entry = entry(input, agent)?;
        let before = (c.status, c.assignee_id);
        let (message, timeline) = put_down(cx, &mut c, &entry, save)?;
        if before.0 != c.status {
            let note = Note::new(events::STATUS_CHANGED, "conversation", c.id.0).with("message", message);
            cx.record(note.change("status", before.0, c.status))?;
        }
        if before.1 != c.assignee_id {
            let note = Note::new(events::ASSIGNED, "conversation", c.id.0).with("message", message);
            cx.record(note.change("assignee_id", before.1, c.assignee_id))?;
        }
        cx.undoable::<Unlog>(&Back { message_id: message, timeline })?;
        let stored = claim_any(cx, message)?;
        present::message(cx, stored)
    }
}

fn entry(input: &Input, agent: AgentId) -> Result<Entry<'_>> {
    Ok(Entry {
        agent,
        channel: input.channel,
        direction: input.direction,
        clean: input.clean.as_ref().ok_or_else(|| base::error::internal("the text was not prepared"))?,
        occurred_at: input.occurred_at,
        duration_seconds: input.duration_seconds,
        upload_ids: &input.upload_ids,
        address: input.identity.as_ref().map(|with| with.value.as_str()),
        then: input.then,
    })
}

/// Takes a logged contact out again.
pub struct Unlog;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MessageUnlogInput)]
pub struct Back {
    pub message_id: MessageId,
    pub timeline: TimelineId,
}

impl Action for Unlog {
    const NAME: &'static str = "message.unlog";
    const GRANT: &'static str = Log::NAME;
    const RISK: Risk = Risk::Reversible;
    type Input = Back;
    type Output = ();

    fn run(cx: &mut Cx, input: &Back) -> Result<()> {
        let scope = people::scope(cx)?;
        let missing = || base::error::not_found("message_not_found");
        let message = find_message(cx, &scope, input.message_id)?.ok_or_else(missing)?;
        let mut c = enter(cx, message.conversation_id, None)?;
        set_unlogged(cx, message.id)?;
        clear_message(cx, message.id)?;
        revert(cx, &mut c, &message)?;
        customers::remove_timeline(cx, input.timeline)?;
        let note = Note::new(events::WITHDRAWN, "conversation", c.id.0).with("message", message.id);
        cx.record(note.with("logged", json!(true))).map(drop)
    }
}
