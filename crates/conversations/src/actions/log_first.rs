//! Begins a conversation with a contact that an agent writes down.

use std::sync::Arc;

use base::error::invalid;
use base::{Result, Time};
use journal::{Action, Cx, Risk, Workspace};
use people::{AgentId, TeamId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::begin::{Beginning, begin, put};
use super::door::{acting_agent, must_be_there};
use super::entry::{Entry, put_down};
use super::person::{Person, find};
use super::text::{Clean, clean_or_empty};
use super::unlog::{Back, Unlog};
use crate::model::{
    AttachmentId, Author, ContactChannel, Direction, LONGEST_SUBJECT, Started, Status, preview, shelf,
};

pub struct LogFirst;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConversationLogInput)]
pub struct Input {
    /// The first words of what was said when absent.
    #[serde(default)]
    pub subject: Option<String>,
    pub requester: Person,
    pub channel: ContactChannel,
    pub direction: Direction,
    pub html: String,
    #[serde(default)]
    pub occurred_at: Option<Time>,
    #[serde(default)]
    pub duration_seconds: Option<i64>,
    #[serde(default)]
    pub upload_ids: Vec<AttachmentId>,
    #[serde(default)]
    pub team_id: Option<TeamId>,
    #[serde(default)]
    pub assignee_id: Option<AgentId>,
    #[serde(default)]
    pub then: Option<Status>,
    #[serde(skip)]
    #[schema(ignore)]
    pub clean: Option<Clean>,
}

impl Action for LogFirst {
    const NAME: &'static str = "conversation.log";
    const GRANT: &'static str = "message.log";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Started;

    async fn prepare(_house: &Arc<Workspace>, input: &mut Input) -> Result<()> {
        input.clean = Some(clean_or_empty(&input.html).await?);
        Ok(())
    }

    fn run(cx: &mut Cx, input: &Input) -> Result<Started> {
        let agent = acting_agent(cx)?;
        let clean = input.clean.as_ref().ok_or_else(|| base::error::internal("the text was not prepared"))?;
        must_be_there(cx, input.assignee_id, input.team_id)?;
        let (requester, address) = find(cx, &input.requester, input.channel)?;
        let with = Beginning {
            subject: subject(input, clean)?,
            channel: input.channel.to_string(),
            brand: None,
            team: input.team_id,
            requester,
            submitter: format!("agent:{agent}"),
            author: Author::Agent,
        };
        let mut c = begin(cx, with)?;
        c.assignee_id = input.assignee_id.or(Some(agent));
        let entry = Entry {
            agent,
            channel: input.channel,
            direction: input.direction,
            clean,
            occurred_at: input.occurred_at,
            duration_seconds: input.duration_seconds,
            upload_ids: &input.upload_ids,
            address: address.as_deref(),
            // Somebody has it in hand already.
            then: input.then.or(Some(Status::Open)),
        };
        let (message_id, timeline) = put_down(cx, &mut c, &entry, |cx, c| {
            c.shelf = shelf(c.status, false, false);
            put(cx, c)
        })?;
        cx.undoable::<Unlog>(&Back { message_id, timeline, began: true })?;
        Ok(Started { id: c.id, number: c.number, message_id })
    }
}

fn subject(input: &Input, clean: &Clean) -> Result<String> {
    let given = input.subject.as_deref().map(base::text::without_nul).unwrap_or_default();
    let given = given.trim();
    if given.chars().count() > LONGEST_SUBJECT {
        let sentence = format!("A subject has at most {LONGEST_SUBJECT} characters.");
        return Err(invalid("subject_length", sentence).field("subject"));
    }
    if given.is_empty() {
        Ok(base::text::cut(&preview(&clean.text), 80).to_owned())
    } else {
        Ok(given.to_owned())
    }
}
