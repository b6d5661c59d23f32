//! Starts a conversation with a customer: an agent writes first.

use std::sync::Arc;

use base::Result;
use base::error::invalid;
use journal::{Action, Cx, Risk, Workspace};
use people::{AgentId, TeamId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::begin::{Beginning, begin};
use super::door::{acting_agent, must_be_there};
use super::first_message::{First, first_message};
use super::requester::{self, Requester};
use super::text::{Clean, checked_key, clean_aside};
use crate::model::{AttachmentId, Author, LONGEST_SUBJECT, Started};

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
        must_be_there(cx, input.assignee_id, input.team_id)?;
        let with = Beginning {
            subject,
            channel: input.channel.clone(),
            brand: None,
            team: input.team_id,
            requester: asked.customer,
            submitter: format!("agent:{agent}"),
            author: Author::Agent,
        };
        let mut c = begin(cx, with)?;
        c.external_id = checked_key(input.external_id.as_deref(), "external_id")?;
        let clean = input.clean.as_ref().ok_or_else(|| base::error::internal("the text was not prepared"))?;
        let assignee = input.assignee_id.or(Some(agent));
        let first = First { agent, assignee, clean, to: asked.party, upload_ids: &input.upload_ids };
        let message_id = first_message(cx, &mut c, first)?;
        Ok(Started { id: c.id, number: c.number, message_id })
    }
}
