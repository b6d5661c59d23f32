//! Starts a conversation with a customer: an agent writes first.

use std::sync::Arc;

use base::Result;
use base::error::invalid;
use journal::{Action, Cx, Note, Risk, Workspace};
use people::{AgentId, TeamId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::door::{acting_agent, must_be_there};
use super::reply::{self, Reply};
use super::requester::{self, Asked, Requester};
use super::text::{Clean, checked_key, clean_aside};
use crate::events;
use crate::model::{AttachmentId, Author, ConversationId, LONGEST_SUBJECT, MessageId, Shelf, Status};
use crate::store::conversation::{Conversation, insert_conversation, next_number};

pub struct Start;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConversationStartInput)]
pub struct Input {
    pub subject: String,
    pub requester: Requester,
    pub html: String,
    pub channel: String,
    #[serde(default)]
    pub team_id: Option<TeamId>,
    #[serde(default)]
    pub assignee_id: Option<AgentId>,
    #[serde(default)]
    pub external_id: Option<String>,
    #[serde(default)]
    pub upload_ids: Vec<AttachmentId>,
    #[serde(skip)]
    #[schema(ignore)]
    pub clean: Option<Clean>,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Started {
    pub id: ConversationId,
    pub number: i64,
    pub message_id: MessageId,
}

impl Action for Start {
    const NAME: &'static str = "conversation.start";
    const RISK: Risk = Risk::Outward;
    type Input = Input;
    type Output = Started;

    async fn prepare(_house: &Arc<Workspace>, input: &mut Input) -> Result<()> {
        input.clean = Some(clean_aside(&input.html).await?);
        Ok(())
    }

    fn run(cx: &mut Cx, input: &Input) -> Result<Started> {
        let agent = acting_agent(cx)?;
        let subject = base::text::without_nul(&input.subject).trim().to_owned();
        if subject.is_empty() || subject.chars().count() > LONGEST_SUBJECT {
            let sentence = format!("A subject has 1 to {LONGEST_SUBJECT} characters.");
            return Err(invalid("subject_length", sentence).field("subject"));
        }
        let asked = requester::find(cx, &input.requester, &input.channel)?;
        let c = conversation(cx, input, subject, &asked, agent)?;
        insert_conversation(cx, &c)?;
        cx.record(Note::new(events::CREATED, "conversation", c.id.0).with("channel", &c.channel))?;
        let reply = reply::Input {
            conversation_id: Some(c.id),
            html: String::new(),
            channel: None,
            to: Some(vec![asked.address]),
            cc: Some(Vec::new()),
            then: None,
            upload_ids: input.upload_ids.clone(),
            version: None,
            clean: input.clean.clone(),
        };
        let message = cx.call::<Reply>(&reply)?;
        Ok(Started { id: c.id, number: c.number, message_id: message.id })
    }
}

fn conversation(
    cx: &mut Cx,
    input: &Input,
    subject: String,
    asked: &Asked,
    agent: AgentId,
) -> Result<Conversation> {
    let now = cx.now();
    must_be_there(cx, input.assignee_id, input.team_id)?;
    Ok(Conversation {
        id: cx.new_id(),
        number: next_number(cx)?,
        version: 1,
        subject,
        status: Status::New,
        shelf: Shelf::Active,
        spam: false,
        priority: None,
        kind: None,
        channel: input.channel.clone(),
        brand_id: Some(people::brand_default(cx)?),
        team_id: input.team_id.or(people::teams(cx)?.first().map(|t| t.id)),
        assignee_id: input.assignee_id.or(Some(agent)),
        requester_id: asked.customer,
        submitter: format!("agent:{agent}"),
        external_id: checked_key(input.external_id.as_deref(), "external_id")?,
        form: None,
        fields: json!({}),
        tags: json!([]),
        due_at: None,
        preview: String::new(),
        last_author: Author::Agent,
        last_message_id: MessageId(0),
        last_inbound_id: MessageId(0),
        account: None,
        joined_into: None,
        follow_up_of: None,
        created_at: now,
        last_activity_at: now,
        status_at: now,
        deleted_at: None,
    })
}
