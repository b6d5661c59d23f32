//! Begins a conversation with a contact that an agent writes down.

use std::sync::Arc;

use base::error::invalid;
use base::{Result, Time};
use customers::{CustomerId, IdentityKind};
use journal::{Action, Cx, Risk, Workspace};
use people::{AgentId, TeamId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::begin::{Beginning, begin, put};
use super::delete::{self, Delete};
use super::door::{acting_agent, must_be_there};
use super::entry::{Entry, put_down};
use super::log::{Back, Log, Unlog};
use super::start::Started;
use super::text::{Clean, clean_or_empty};
use crate::model::{AttachmentId, Author, ContactChannel, Direction, LONGEST_SUBJECT, Status};

pub struct LogFirst;

/// Somebody who is known by id, or by anything that an agent can say of a person.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ContactPerson)]
pub struct Person {
    #[serde(default)]
    pub id: Option<CustomerId>,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub phone: Option<String>,
    #[serde(default)]
    pub postal: Option<String>,
}

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
    const GRANT: &'static str = Log::NAME;
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
        let (requester, address) = requester(cx, input)?;
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
            c.shelf = crate::model::shelf(c.status, false, false);
            put(cx, c)
        })?;
        cx.undoable::<Unlog>(&Back { message_id, timeline })?;
        cx.undoable::<Delete>(&delete::Input { conversation_id: c.id, version: None })?;
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
    if given.is_empty() { Ok(markup::preview(&clean.text, 80)) } else { Ok(given.to_owned()) }
}

/// Who it was, and by which number or address.
fn requester(cx: &mut Cx, input: &Input) -> Result<(CustomerId, Option<String>)> {
    let person = &input.requester;
    let given = |value: &Option<String>| value.clone().filter(|value| !value.trim().is_empty());
    let (phone, email, postal) = (given(&person.phone), given(&person.email), given(&person.postal));
    let mut identities: Vec<(IdentityKind, String)> = Vec::new();
    identities.extend(phone.map(|value| (IdentityKind::Phone, value)));
    identities.extend(email.map(|value| (IdentityKind::Email, value)));
    identities.extend(postal.map(|value| (IdentityKind::Postal, value)));
    // What the contact was by says best who it was.
    if input.channel == ContactChannel::Letter {
        identities.sort_by_key(|(kind, _)| *kind != IdentityKind::Postal);
    }
    let own_kind = match input.channel {
        ContactChannel::Voice => Some(IdentityKind::Phone),
        ContactChannel::Letter => Some(IdentityKind::Postal),
        ContactChannel::WalkIn => None,
    };
    let address = identities.iter().find(|(kind, _)| Some(*kind) == own_kind).map(|(_, value)| value.clone());
    if let Some(id) = person.id {
        let id = customers::resolve(cx, id)?;
        if customers::summaries(cx, &[id])?.is_empty() {
            return Err(base::error::not_found("customer_not_found").field("requester"));
        }
        for (kind, value) in &identities {
            customers::add_claim(cx, id, *kind, value)?;
        }
        return Ok((id, address));
    }
    let name = given(&person.name);
    if name.is_none() && identities.is_empty() {
        let sentence = "Who was it? A name, a number or an address is needed.";
        return Err(invalid("requester_missing", sentence).field("requester"));
    }
    let pairs: Vec<(IdentityKind, &str)> =
        identities.iter().map(|(kind, value)| (*kind, value.as_str())).collect();
    Ok((customers::introduce(cx, name.as_deref(), &pairs)?, address))
}
