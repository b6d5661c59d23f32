//! Writes an internal note, which the customer never sees.

use std::sync::Arc;

use base::Result;
use base::error::invalid;
use journal::{Action, Cx, Note as Told, Risk, Workspace};
use people::AgentId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::door::{acting_agent, enter_named};
use super::pictures::enclose;
use super::text::{Clean, clean_aside};
use crate::events;
use crate::model::{AttachmentId, Author, ConversationId, MessageKind};
use crate::present::{self, Shown};
use crate::store::conversation::save;
use crate::store::desk::delete_draft;
use crate::store::message::{Message, claim_any, insert_message};
use crate::store::people::insert_follower;

pub struct Note;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConversationNoteInput)]
pub struct Input {
    #[serde(default)]
    pub conversation_id: Option<ConversationId>,
    pub html: String,
    /// Agents who are called by name; they follow the conversation from now on.
    #[serde(default)]
    pub mentions: Vec<AgentId>,
    #[serde(default)]
    pub upload_ids: Vec<AttachmentId>,
    #[serde(skip)]
    #[schema(ignore)]
    pub clean: Option<Clean>,
}

const MOST_MENTIONS: usize = 50;

impl Action for Note {
    const NAME: &'static str = "conversation.note";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    type Output = Shown;

    async fn prepare(_house: &Arc<Workspace>, input: &mut Input) -> Result<()> {
        input.clean = Some(clean_aside(&input.html).await?);
        Ok(())
    }

    fn run(cx: &mut Cx, input: &Input) -> Result<Shown> {
        let agent = acting_agent(cx)?;
        if input.mentions.len() > MOST_MENTIONS {
            let sentence = format!("At most {MOST_MENTIONS} people can be mentioned.");
            return Err(invalid("mentions_too_many", sentence).field("mentions"));
        }
        let clean = input.clean.as_ref().ok_or_else(|| base::error::internal("the text was not prepared"))?;
        let mut c = enter_named(cx, input.conversation_id, None)?;
        let message = Message {
            kind: MessageKind::Note,
            channel: "note".to_owned(),
            author_id: Some(agent.0),
            author_verified: true,
            mentions: json!(input.mentions),
            ..Message::new(cx, c.id, Author::Agent, &clean.html, &clean.text)
        };
        insert_message(cx, &message)?;
        enclose(cx, &input.upload_ids, &message)?;
        for mentioned in &input.mentions {
            people::agent(cx, *mentioned)?;
            insert_follower(cx, c.id, *mentioned)?;
        }
        delete_draft(cx, c.id, agent)?;
        c.last_activity_at = cx.now();
        save(cx, &mut c)?;
        let told = Told::new(events::NOTED, "conversation", c.id.0).with("message", message.id);
        cx.record(told.with("mentions", &input.mentions))?;
        let stored = claim_any(cx, message.id)?;
        present::message(cx, stored)
    }
}
