//! Asks a third party: beside the conversation, with an address of its own for the answer.

use std::sync::Arc;

use base::Result;
use base::error::{invalid, not_found};
use customers::IdentityKind;
use journal::{Action, Cx, Risk, Workspace};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::{acting_agent, enter};
use super::quote::quote;
use super::side_out::{Letter, send};
use super::text::{Clean, clean_or_empty};
use crate::channel::{Channel, Channels, channels};
use crate::model::{AttachmentId, ConversationId, LONGEST_SUBJECT, MessageId, Party, SideId, Status};
use crate::present::Shown;
use crate::store::conversation::Conversation;
use crate::store::people::list_participants;
use crate::store::side::{Side, find_side, insert_side};

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
        let id = input
            .conversation_id
            .ok_or_else(|| invalid("conversation_missing", "Which conversation?").field("conversation_id"))?;
        let mut c = enter(cx, id, input.version)?;
        let side = side(cx, &c, input)?;
        let clean = input.clean.as_ref().ok_or_else(|| base::error::internal("the text was not prepared"))?;
        let quote = quote(cx, &c, &input.message_ids, input.with_attachments, None)?;
        insert_side(cx, &side)?;
        let letter = Letter { agent, clean, quote, upload_ids: &input.upload_ids, then: input.then };
        send(cx, &mut c, &side, letter)
    }
}

fn side(cx: &mut Cx, c: &Conversation, input: &Input) -> Result<Side> {
    let all = channels(&cx.registry());
    let channel = match input.channel.as_deref() {
        Some(name) => all.named(name)?,
        None => usual(&all, &input.to.address)?,
    };
    let party = third_party(cx, c, channel.as_ref(), &input.to)?;
    let channel = channel.name().to_owned();
    let subject = match input.subject.as_deref().map(base::text::without_nul) {
        Some(subject) if !subject.trim().is_empty() => subject.trim().to_owned(),
        _ => format!("Fwd: {}", c.subject),
    };
    let subject = base::text::cut(&subject, LONGEST_SUBJECT).to_owned();
    let (id, created_at) = (cx.new_id(), cx.now());
    let Party { name, address } = party;
    Ok(Side { id, conversation_id: c.id, channel, name, address, subject, created_at })
}

/// The first channel that can write to a mail address.
fn usual(all: &Channels, address: &str) -> Result<Arc<dyn Channel>> {
    let mut by_mail = all.all().filter(|channel| channel.identity_kind() == IdentityKind::Email);
    let found = by_mail.clone().find(|channel| channel.check_address(address.trim()).is_ok());
    let unknown = || invalid("channel_unknown", "There is no such channel.").field("channel");
    found.or_else(|| by_mail.next()).cloned().ok_or_else(unknown)
}

/// Whoever is asked is neither one of us nor on the customer's side.
fn third_party(cx: &mut Cx, c: &Conversation, channel: &dyn Channel, to: &Party) -> Result<Party> {
    let address = to.address.trim();
    channel.check_address(address).map_err(|s| invalid("recipient_invalid", s).field("to"))?;
    if channel.is_own(cx, address)? {
        return Err(invalid("recipient_own", "This is one of our own addresses.").field("to"));
    }
    let folded = base::text::fold(address);
    let owner = customers::find_by(cx, channel.identity_kind(), address)?.map(|known| known.customer);
    let requester = customers::resolve(cx, c.requester_id)?;
    let takes_part = list_participants(cx, c.id)?
        .iter()
        .any(|one| Some(one.customer_id) == owner || base::text::fold(&one.address) == folded);
    if owner == Some(requester) || takes_part {
        let sentence = "This address belongs to the customer. Answer instead of forwarding.";
        return Err(invalid("side_to_customer", sentence).field("to"));
    }
    let name = base::text::cut(&base::text::without_nul(to.name.trim()), 200).to_owned();
    Ok(Party { name, address: address.to_owned() })
}

/// Writes to the same third party again.
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

impl Action for AnswerSide {
    const NAME: &'static str = "conversation.answer_side";
    const GRANT: &'static str = Forward::NAME;
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
        let quote = quote(cx, &c, &input.message_ids, input.with_attachments, Some(side.id))?;
        let letter = Letter { agent, clean, quote, upload_ids: &input.upload_ids, then: input.then };
        send(cx, &mut c, &side, letter)
    }
}
