//! Writes to a third party again, who was asked before.

use std::sync::Arc;

use base::Result;
use base::error::not_found;
use journal::{Action, Cx, Risk, Workspace};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::{acting_agent, enter};
use super::side_message::Letter;
use super::side_out::send;
use super::text::{Clean, clean_or_empty};
use crate::model::{AttachmentId, MessageId, SideId, Status};
use crate::present::Shown;
use crate::store::side::find_side;

pub struct AnswerSide;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SideAnswerInput)]
pub struct Answer {
    #[serde(default)]
    pub side_id: Option<SideId>,
    pub html: String,
    #[serde(default)]
    pub message_ids: Vec<MessageId>,
    #[serde(default = "yes")]
    pub with_attachments: bool,
    #[serde(default)]
    pub upload_ids: Vec<AttachmentId>,
    #[serde(default)]
    pub then: Option<Status>,
    #[serde(skip)]
    #[schema(ignore)]
    pub clean: Option<Clean>,
}

fn yes() -> bool {
    true
}

impl Action for AnswerSide {
    const NAME: &'static str = "conversation.answer_side";
    const GRANT: &'static str = "conversation.forward";
    const RISK: Risk = Risk::Outward;
    type Input = Answer;
    type Output = Shown;

    async fn prepare(_house: &Arc<Workspace>, input: &mut Answer) -> Result<()> {
        input.clean = Some(clean_or_empty(&input.html).await?);
        Ok(())
    }

    fn run(cx: &mut Cx, input: &Answer) -> Result<Shown> {
        let agent = acting_agent(cx)?;
        let missing = || not_found("side_not_found");
        let id = input.side_id.ok_or_else(missing)?;
        let scope = people::scope(cx)?;
        let side = find_side(cx, &scope, id)?.ok_or_else(missing)?;
        let mut c = enter(cx, side.conversation_id, None)?;
        let clean = input.clean.as_ref().ok_or_else(|| base::error::internal("the text was not prepared"))?;
        let letter = Letter {
            agent,
            clean,
            message_ids: &input.message_ids,
            with_files: input.with_attachments,
            upload_ids: &input.upload_ids,
            then: input.then,
        };
        send(cx, &mut c, &side, letter)
    }
}
