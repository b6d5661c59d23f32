//! Asks a third party: beside the conversation, with an address of its own for the answer.

use std::sync::Arc;

use base::Result;
use journal::{Action, Cx, Risk, Workspace};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::{acting_agent, enter_named};
use super::side_message::Letter;
use super::side_out::send;
use super::text::{Clean, clean_or_empty};
use super::third_party;
use crate::model::{AttachmentId, ConversationId, LONGEST_SUBJECT, MessageId, Party, Status};
use crate::present::Shown;
use crate::store::conversation::Conversation;
use crate::store::side::{Side, insert_side};

pub struct Forward;

fn yes() -> bool {
    true
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConversationForwardInput)]
pub struct Input {
    #[serde(default)]
    pub conversation_id: Option<ConversationId>,
    pub to: Party,
    /// May be empty when something is quoted.
    pub html: String,
    /// What is quoted, oldest first whatever the order here.
    #[serde(default)]
    pub message_ids: Vec<MessageId>,
    /// Whether the files of what is quoted go along.
    #[serde(default = "yes")]
    pub with_attachments: bool,
    #[serde(default)]
    pub subject: Option<String>,
    #[serde(default)]
    pub upload_ids: Vec<AttachmentId>,
    #[serde(default)]
    pub channel: Option<String>,
    /// The status that the conversation gets with it, such as on hold.
    #[serde(default)]
    pub then: Option<Status>,
    #[serde(default)]
    pub version: Option<i64>,
    #[serde(skip)]
    #[schema(ignore)]
    pub clean: Option<Clean>,
}

impl Action for Forward {
    const NAME: &'static str = "conversation.forward";
    const RISK: Risk = Risk::Outward;
    type Input = Input;
    type Output = Shown;

    async fn prepare(_house: &Arc<Workspace>, input: &mut Input) -> Result<()> {
        input.clean = Some(clean_or_empty(&input.html).await?);
        Ok(())
    }

    fn run(cx: &mut Cx, input: &Input) -> Result<Shown> {
        let agent = acting_agent(cx)?;
        let mut c = enter_named(cx, input.conversation_id, input.version)?;
        let side = side(cx, &c, input)?;
        let clean = input.clean.as_ref().ok_or_else(|| base::error::internal("the text was not prepared"))?;
        insert_side(cx, &side)?;
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

fn side(cx: &mut Cx, c: &Conversation, input: &Input) -> Result<Side> {
    let (channel, party) = third_party::find(cx, c, input.channel.as_deref(), &input.to)?;
    let subject = match input.subject.as_deref().map(base::text::without_nul) {
        Some(subject) if !subject.trim().is_empty() => subject.trim().to_owned(),
        _ => format!("Fwd: {}", c.subject),
    };
    let subject = base::text::cut(&subject, LONGEST_SUBJECT).to_owned();
    let (id, created_at) = (cx.new_id(), cx.now());
    let Party { name, address } = party;
    Ok(Side { id, conversation_id: c.id, channel, name, address, subject, created_at })
}
