//! Answers the customer: the message is held for a moment, then goes out by its channel.

use std::sync::Arc;

use base::error::{conflict, invalid};
use base::{Result, Time};
use journal::settings;
use journal::{Action, Cx, Note, Risk, Workspace};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::draft::LARGEST_HTML;
use super::{acting_agent, enter, release};
use crate::channel::channels;
use crate::events;
use crate::jobs::Release;
use crate::model::{
    AttachmentId, Author, ConversationId, Delivery, Direction, MessageId, MessageKind, Party, Recipients,
    Reverts, Status, after_answer, may_become,
};
use crate::present::{self, Shown};
use crate::recipients::{MOST_CC, propose};
use crate::settings::Rules;
use crate::store::attachment::set_message;
use crate::store::conversation::{Conversation, save};
use crate::store::desk::delete_draft;
use crate::store::message::{Message, claim_any, insert_message};

pub struct Reply;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
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

/// Html that may be stored and its plain form.
#[derive(Clone, Debug)]
pub struct Clean {
    pub html: String,
    pub text: String,
}

const MOST_UPLOADS: usize = 30;

/// Refuses what is empty or too long; sanitises the rest. Slow for long texts: done outside of
/// transactions.
pub(crate) fn clean(html: &str) -> Result<Clean> {
    if html.len() > LARGEST_HTML {
        return Err(invalid("text_too_long", "This text is too long.").field("html"));
    }
    let html = markup::sanitise_own(&base::text::without_nul(html));
    let text = markup::html_to_text(&html);
    if text.trim().is_empty() && !html.contains("<img") {
        return Err(invalid("text_empty", "Write something first.").field("html"));
    }
    Ok(Clean { html, text })
}

pub(crate) async fn clean_aside(html: &str) -> Result<Clean> {
    let html = html.to_owned();
    tokio::task::spawn_blocking(move || clean(&html)).await.map_err(base::error::internal)?
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
        let id = input
            .conversation_id
            .ok_or_else(|| invalid("conversation_missing", "Which conversation?").field("conversation_id"))?;
        let mut c = enter(cx, id, input.version)?;
        if c.status == Status::Closed {
            return Err(conflict("conversation_closed", "This conversation is closed for good."));
        }
        if let Some(to) = input.then {
            may_become(c.status, to)?;
        }
        let recipients = recipients(cx, &c, input)?;
        let hold: Rules = settings::get(cx)?;
        let hold_until = cx.now().plus_seconds(hold.undo_send_seconds);
        let reverts = Reverts {
            status: c.status,
            status_after: input.then.unwrap_or(after_answer(c.status)),
            assignee: c.assignee_id,
            // Whoever answers what nobody has taken, takes it.
            assignee_after: c.assignee_id.or(Some(agent)),
        };
        let message = message(cx, &c, input, agent.0, &recipients, hold_until, &reverts)?;
        insert_message(cx, &message)?;
        tie_uploads(cx, &input.upload_ids, message.id)?;
        delete_draft(cx, c.id, agent)?;
        touch(cx, &mut c, &message, &reverts)?;
        cx.record(Note::new(events::HELD, "conversation", c.id.0).with("message", message.id))?;
        if hold.undo_send_seconds == 0 {
            release::release(cx, message.id)?;
        } else {
            cx.later_at(&Release { message: message.id }, hold_until)?;
        }
        let stored = claim_any(cx, message.id)?;
        present::message(cx, stored)
    }
}

pub(crate) fn tie_uploads(cx: &mut Cx, ids: &[AttachmentId], message: MessageId) -> Result<()> {
    if ids.len() > MOST_UPLOADS {
        let sentence = format!("At most {MOST_UPLOADS} files can be attached.");
        return Err(invalid("uploads_too_many", sentence).field("upload_ids"));
    }
    let uploader = cx.caller().key();
    for id in ids {
        if !set_message(cx, *id, &uploader, message)? {
            return Err(invalid("upload_unknown", "An attached file is not there. Attach it again.")
                .field("upload_ids"));
        }
    }
    Ok(())
}

fn recipients(cx: &mut Cx, c: &Conversation, input: &Input) -> Result<Recipients> {
    let proposal = propose(cx, c)?;
    let channel = channels(&cx.registry()).get(input.channel.as_deref().unwrap_or(&c.channel))?;
    let known = proposal.to.iter().chain(&proposal.cc);
    let named = |address: &String| {
        let folded = base::text::fold(address);
        let same = known.clone().find(|p| base::text::fold(&p.address) == folded);
        Party { name: same.map(|p| p.name.clone()).unwrap_or_default(), address: address.trim().to_owned() }
    };
    let proposed = |list: &[crate::recipients::Proposed]| -> Vec<Party> {
        list.iter().map(|p| Party { name: p.name.clone(), address: p.address.clone() }).collect()
    };
    let to = input.to.as_ref().map_or_else(|| proposed(&proposal.to), |l| l.iter().map(named).collect());
    let cc = input.cc.as_ref().map_or_else(|| proposed(&proposal.cc), |l| l.iter().map(named).collect());
    if to.is_empty() {
        return Err(invalid("recipient_missing", "Nobody would get this. Add a recipient.").field("to"));
    }
    if to.len() + cc.len() > MOST_CC + 2 {
        return Err(invalid("recipients_too_many", format!("At most {MOST_CC} copies.")).field("cc"));
    }
    for (field, party) in to.iter().map(|p| ("to", p)).chain(cc.iter().map(|p| ("cc", p))) {
        channel.check_address(&party.address).map_err(|s| invalid("recipient_invalid", s).field(field))?;
        if channel.is_own(cx, &party.address)? {
            let sentence = "One of our own addresses can't get an answer.";
            return Err(invalid("recipient_own", sentence).field(field));
        }
    }
    let from = channel.sender(cx, c.account.as_deref(), c.brand_id)?;
    Ok(Recipients { from, to, cc, bcc: Vec::new() })
}

fn message(
    cx: &Cx,
    c: &Conversation,
    input: &Input,
    agent: i64,
    recipients: &Recipients,
    hold_until: Time,
    reverts: &Reverts,
) -> Result<Message> {
    let clean = input.clean.as_ref().ok_or_else(|| base::error::internal("the text was not prepared"))?;
    let channel = channels(&cx.registry()).get(input.channel.as_deref().unwrap_or(&c.channel))?;
    let id: MessageId = cx.new_id();
    Ok(Message {
        id,
        conversation_id: c.id,
        version: 1,
        kind: MessageKind::Message,
        direction: Direction::Out,
        channel: channel.name().to_owned(),
        author: Author::Agent,
        author_id: Some(agent),
        author_verified: true,
        html: clean.html.clone(),
        text: clean.text.clone(),
        quoted: None,
        recipients: Some(json!(recipients)),
        mentions: json!([]),
        marks: json!([]),
        repeats: 0,
        source_id: Some(channel.new_source_id(id, recipients.from.as_ref())),
        raw_id: None,
        delivery: Some(Delivery::Held),
        hold_until: Some(hold_until),
        delivery_error: None,
        attempts: 0,
        reverts: Some(serde_json::to_value(reverts)?),
        created_at: cx.now(),
    })
}

fn touch(cx: &mut Cx, c: &mut Conversation, message: &Message, reverts: &Reverts) -> Result<()> {
    let before = (c.status, c.assignee_id);
    c.status = reverts.status_after;
    c.assignee_id = reverts.assignee_after;
    if before.0 != c.status {
        c.status_at = cx.now();
    }
    c.channel = message.channel.clone();
    c.last_author = Author::Agent;
    c.last_message_id = message.id;
    c.last_activity_at = cx.now();
    c.preview = markup::preview(&message.text, 180);
    save(cx, c)?;
    let note = Note::new(events::STATUS_CHANGED, "conversation", c.id.0);
    if before.0 != c.status {
        cx.record(note.change("status", before.0, c.status).with("message", message.id))?;
    }
    if before.1 != c.assignee_id {
        let note = Note::new(events::ASSIGNED, "conversation", c.id.0).with("message", message.id);
        cx.record(note.change("assignee_id", Value::Null, c.assignee_id))?;
    }
    Ok(())
}
