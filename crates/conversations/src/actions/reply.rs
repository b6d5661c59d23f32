//! Answers the customer: the message is held for a moment, then goes out by its channel.

use std::sync::Arc;

use base::Result;
use journal::{Action, Cx, Risk, Workspace};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::addressing::recipients;
use super::door::{acting_agent, enter_open};
use super::hold::{Answer, hold, let_go};
use super::pictures::enclose;
use super::text::clean_aside;
use crate::model::{AttachmentId, Audience, ConversationId, Reverts, Status, Wish, after_answer, may_become};
use crate::present::{self, Shown};
use crate::store::desk::delete_draft;
use crate::store::message::claim_any;

pub use super::text::Clean;

pub struct Reply;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConversationReplyInput)]
pub struct Input {
    #[serde(default)]
    pub conversation_id: Option<ConversationId>,
    pub html: String,
    /// The channel of the conversation when absent.
    #[serde(default)]
    pub channel: Option<String>,
    /// The proposed recipients when absent.
    #[serde(default)]
    pub to: Option<Vec<String>>,
    #[serde(default)]
    pub cc: Option<Vec<String>>,
    /// Counts where nobody is named.
    #[serde(default)]
    pub audience: Option<Audience>,
    /// The status that the conversation gets with this answer.
    #[serde(default)]
    pub then: Option<Status>,
    #[serde(default)]
    pub upload_ids: Vec<AttachmentId>,
    #[serde(default)]
    pub version: Option<i64>,
    /// The sanitised text; made before the transaction, never taken from outside.
    #[serde(skip)]
    #[schema(ignore)]
    pub clean: Option<Clean>,
}

impl Action for Reply {
    const NAME: &'static str = "conversation.reply";
    const RISK: Risk = Risk::Outward;
    type Input = Input;
    type Output = Shown;

    async fn prepare(_house: &Arc<Workspace>, input: &mut Input) -> Result<()> {
        input.clean = Some(clean_aside(&input.html).await?);
        Ok(())
    }

    fn run(cx: &mut Cx, input: &Input) -> Result<Shown> {
        let agent = acting_agent(cx)?;
        let mut c = enter_open(cx, input.conversation_id, input.version)?;
        if let Some(to) = input.then {
            may_become(c.status, to)?;
        }
        let clean = input.clean.as_ref().ok_or_else(|| base::error::internal("the text was not prepared"))?;
        let wish = Wish {
            channel: input.channel.as_deref(),
            audience: input.audience,
            to: input.to.as_deref(),
            cc: input.cc.as_deref(),
        };
        let (channel, recipients) = recipients(cx, &c, &wish)?;
        let channel = Some(channel.as_str());
        let reverts = Reverts {
            status: c.status,
            status_after: input.then.unwrap_or(after_answer(c.status)),
            assignee: c.assignee_id,
            // Whoever answers what nobody has taken, takes it.
            assignee_after: c.assignee_id.or(Some(agent)),
        };
        let answer = Answer { agent, channel, clean, recipients, reverts, marks: &[], raw_id: None };
        let message = hold(cx, &mut c, &answer)?;
        enclose(cx, &input.upload_ids, &message)?;
        delete_draft(cx, c.id, agent)?;
        let_go(cx, &message)?;
        let stored = claim_any(cx, message.id)?;
        present::message(cx, stored)
    }
}
