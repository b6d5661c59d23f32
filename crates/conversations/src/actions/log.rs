//! Writes down what was said by telephone, at the counter or in a letter, as a message of the thread.

use std::sync::Arc;

use base::{Result, Time};
use customers::IdentityKind;
use journal::{Action, Cx, Risk, Workspace};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::{acting_agent, enter_open};
use super::entry::{Entry, put_down};
use super::text::{Clean, clean_or_empty};
use super::unlog::{Back, Unlog};
use crate::model::{AttachmentId, ContactChannel, ConversationId, Direction, Status};
use crate::present::{self, Shown};
use crate::store::conversation::save;
use crate::store::message::claim_any;

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
        let mut c = enter_open(cx, input.conversation_id, input.version)?;
        if let Some(with) = &input.identity {
            let requester = customers::resolve(cx, c.requester_id)?;
            customers::add_claim(cx, requester, with.kind, &with.value)?;
        }
        let clean = input.clean.as_ref().ok_or_else(|| base::error::internal("the text was not prepared"))?;
        let entry = Entry {
            agent,
            channel: input.channel,
            direction: input.direction,
            clean,
            occurred_at: input.occurred_at,
            duration_seconds: input.duration_seconds,
            upload_ids: &input.upload_ids,
            address: input.identity.as_ref().map(|with| with.value.as_str()),
            then: input.then,
        };
        let (message_id, timeline) = put_down(cx, &mut c, &entry, save)?;
        cx.undoable::<Unlog>(&Back { message_id, timeline, began: false })?;
        let stored = claim_any(cx, message_id)?;
        present::message(cx, stored)
    }
}
