//! What screens and clients are shown: rows with the names that belong to their ids.

mod fate;

use std::collections::BTreeMap;

use base::{Result, Time};
use customers::CustomerId;
use journal::{Cx, Who};
use people::{AgentId, BrandId, TeamId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::model::{
    AttachmentId, Author, Contact, ConversationId, Delivery, Direction, DraftMode, MessageId, MessageKind,
    Party, Priority, Recipients, SideId, Status, Type,
};
use crate::store::attachment::{self, Attachment};
use crate::store::conversation::Conversation;
use crate::store::desk;
use crate::store::message::Message;
use crate::store::side::{Side, list_parties};

pub use fate::ShownFate;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Requester {
    pub id: CustomerId,
    pub name: String,
    pub address: Option<String>,
    pub verified: bool,
}

/// A conversation in a list.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Row {
    pub id: ConversationId,
    pub number: i64,
    pub version: i64,
    pub subject: String,
    pub status: Status,
    pub spam: bool,
    pub priority: Option<Priority>,
    #[serde(rename = "type")]
    pub kind: Option<Type>,
    pub channel: String,
    pub team_id: Option<TeamId>,
    pub assignee_id: Option<AgentId>,
    pub brand_id: Option<BrandId>,
    pub requester: Requester,
    pub preview: String,
    pub last_author: Author,
    /// For the agent who asks.
    pub unread: bool,
    pub tags: Vec<String>,
    pub due_at: Option<Time>,
    pub created_at: Time,
    pub last_activity_at: Time,
    pub deleted: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct MessageAuthor {
    pub kind: Author,
    pub id: Option<i64>,
    pub name: String,
    pub verified: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct File {
    pub id: AttachmentId,
    pub name: String,
    #[serde(rename = "type")]
    pub content_type: String,
    pub size: i64,
    pub url: String,
    pub inline: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct DeliveryState {
    pub state: Delivery,
    pub hold_until: Option<Time>,
    /// When it is tried again, of one that was put off.
    #[serde(default)]
    pub next_at: Option<Time>,
    pub error: Option<String>,
    pub attempts: i64,
}

/// What goes on beside a conversation, and with whom.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = SideOfMessage)]
pub struct Beside {
    pub id: SideId,
    pub party: Party,
}

/// What goes on beside a conversation, as it is listed.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ShownSide {
    pub id: SideId,
    pub conversation_id: ConversationId,
    pub party: Party,
    pub subject: String,
    pub created_at: Time,
}

/// A message as it stands in the thread.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Shown {
    pub id: MessageId,
    pub conversation_id: ConversationId,
    pub kind: MessageKind,
    pub direction: Direction,
    pub channel: String,
    pub author: MessageAuthor,
    pub html: String,
    pub text: String,
    pub quoted_html: Option<String>,
    pub attachments: Vec<File>,
    pub recipients: Option<Recipients>,
    pub delivery: Option<DeliveryState>,
    #[serde(default)]
    pub fates: Vec<ShownFate>,
    pub marks: Vec<String>,
    pub repeats: i64,
    pub mentions: Vec<AgentId>,
    /// Of a contact that was logged by hand.
    pub contact: Option<Contact>,
    /// Of a side message.
    pub side: Option<Beside>,
    pub has_raw: bool,
    pub created_at: Time,
    pub version: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ShownDraft {
    pub mode: DraftMode,
    pub html: String,
    pub to: Option<Vec<Party>>,
    pub cc: Option<Vec<Party>>,
    /// The files of what was taken back: they are attached again by their ids.
    #[serde(default)]
    pub attachments: Vec<File>,
    pub updated_at: Time,
}

pub fn side(side: Side) -> ShownSide {
    ShownSide {
        id: side.id,
        conversation_id: side.conversation_id,
        party: side.party(),
        subject: side.subject,
        created_at: side.created_at,
    }
}

/// Rows for the caller, in the order given.
pub fn rows(cx: &mut Cx, found: Vec<Conversation>) -> Result<Vec<Row>> {
    let ids: Vec<ConversationId> = found.iter().map(|c| c.id).collect();
    let reads: BTreeMap<ConversationId, MessageId> = match cx.caller().agent_id() {
        Some(agent) => desk::list_reads_of(cx, AgentId(agent), &ids)?.into_iter().collect(),
        None => BTreeMap::new(),
    };
    let requesters = requesters(cx, found.iter().map(|c| c.requester_id))?;
    // The last words may be an agent's about a call, or not sent yet.
    let is_customer = matches!(cx.caller().who, Who::Customer { .. });
    Ok(found
        .into_iter()
        .map(|c| {
            let read = reads.get(&c.id).copied().unwrap_or(MessageId(0));
            let requester = requesters.get(&c.requester_id).cloned();
            let row = row_of(c, requester, read);
            if is_customer { without_preview(row) } else { row }
        })
        .collect())
}

/// For the eyes of customers.
pub fn without_preview(row: Row) -> Row {
    Row { preview: String::new(), ..row }
}

pub fn row(cx: &mut Cx, c: Conversation) -> Result<Row> {
    let mut rows = rows(cx, vec![c])?;
    rows.pop().ok_or_else(|| base::error::internal("one row in gives one row out"))
}

fn row_of(c: Conversation, requester: Option<Requester>, read: MessageId) -> Row {
    let nobody = || Requester { id: c.requester_id, name: String::new(), address: None, verified: false };
    Row {
        id: c.id,
        number: c.number,
        version: c.version,
        status: c.status,
        spam: c.spam,
        priority: c.priority,
        kind: c.kind,
        team_id: c.team_id,
        assignee_id: c.assignee_id,
        brand_id: c.brand_id,
        requester: requester.unwrap_or_else(nobody),
        unread: c.last_inbound_id > read,
        tags: texts(&c.tags),
        due_at: c.due_at,
        created_at: c.created_at,
        last_activity_at: c.last_activity_at,
        deleted: c.deleted_at.is_some(),
        last_author: c.last_author,
        channel: c.channel,
        subject: c.subject,
        preview: c.preview,
    }
}

pub fn requesters(
    cx: &mut Cx,
    ids: impl Iterator<Item = CustomerId>,
) -> Result<BTreeMap<CustomerId, Requester>> {
    let mut ids: Vec<CustomerId> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    let found = customers::summaries(cx, &ids)?;
    Ok(found
        .into_iter()
        .map(|s| (s.id, Requester { id: s.id, name: s.name, address: s.address, verified: s.verified }))
        .collect())
}

pub fn messages(cx: &mut Cx, found: Vec<Message>) -> Result<Vec<Shown>> {
    let ids: Vec<MessageId> = found.iter().map(|m| m.id).collect();
    let mut files: BTreeMap<MessageId, Vec<Attachment>> = BTreeMap::new();
    for file in attachment::list_attachments(cx, &ids)? {
        if let Some(message) = file.message_id {
            files.entry(message).or_default().push(file);
        }
    }
    let names = Names::of(cx, &found)?;
    let mut fates = fate::of(cx, &found)?;
    let shown = |m: Message| {
        let fates = fates.remove(&m.id).unwrap_or_default();
        Shown { fates, ..names.shown(files.remove(&m.id).unwrap_or_default(), m) }
    };
    Ok(found.into_iter().map(shown).collect())
}

pub fn message(cx: &mut Cx, m: Message) -> Result<Shown> {
    let mut shown = messages(cx, vec![m])?;
    shown.pop().ok_or_else(|| base::error::internal("one message in gives one out"))
}

struct Names {
    agents: BTreeMap<i64, String>,
    customers: BTreeMap<CustomerId, Requester>,
    parties: BTreeMap<SideId, Party>,
}

impl Names {
    fn of(cx: &mut Cx, found: &[Message]) -> Result<Names> {
        let ids = |kind: Author| found.iter().filter(move |m| m.author == kind).filter_map(|m| m.author_id);
        let customers = requesters(cx, ids(Author::Customer).map(CustomerId))?;
        let mut agents = BTreeMap::new();
        for id in ids(Author::Agent) {
            if let std::collections::btree_map::Entry::Vacant(place) = agents.entry(id) {
                place.insert(people::agent(cx, AgentId(id))?.name);
            }
        }
        let sides: Vec<SideId> = found.iter().filter_map(|m| m.side_id).collect();
        let parties = list_parties(cx, &sides)?.into_iter().map(|side| (side.id, side.party())).collect();
        Ok(Names { agents, customers, parties })
    }

    fn author(&self, m: &Message) -> MessageAuthor {
        let id = m.author_id.unwrap_or(0);
        let name = match m.author {
            Author::Agent => self.agents.get(&id).cloned(),
            Author::Customer => self
                .customers
                .get(&CustomerId(id))
                .map(|r| called(r.name.clone(), r.address.clone().unwrap_or_default())),
            Author::System | Author::ThirdParty => sender(m).map(|from| called(from.name, from.address)),
        };
        MessageAuthor {
            kind: m.author,
            id: m.author_id,
            name: name.unwrap_or_default(),
            verified: m.author_verified,
        }
    }

    fn shown(&self, files: Vec<Attachment>, m: Message) -> Shown {
        let author = self.author(&m);
        let html = with_inline(&m.html, &files);
        Shown {
            id: m.id,
            conversation_id: m.conversation_id,
            kind: m.kind,
            direction: m.direction,
            author,
            quoted_html: m.quoted.map(|q| with_inline(&q, &files)),
            html,
            text: m.text,
            attachments: files.into_iter().map(file).collect(),
            recipients: m.recipients.and_then(|r| serde_json::from_value(r).ok()),
            delivery: m.delivery.map(|state| DeliveryState {
                state,
                hold_until: m.hold_until.filter(|_| state == Delivery::Held),
                next_at: m.hold_until.filter(|_| state == Delivery::Queued && m.attempts > 0),
                error: m.delivery_error,
                attempts: m.attempts,
            }),
            fates: Vec::new(),
            marks: texts(&m.marks),
            repeats: m.repeats,
            mentions: serde_json::from_value(m.mentions).unwrap_or_default(),
            contact: m.contact.and_then(|c| serde_json::from_value(c).ok()),
            side: m
                .side_id
                .map(|id| Beside { id, party: self.parties.get(&id).cloned().unwrap_or_default() }),
            has_raw: m.raw_id.is_some(),
            created_at: m.created_at,
            version: m.version,
            channel: m.channel,
        }
    }
}

/// Who wrote a message, as it says.
fn sender(m: &Message) -> Option<Party> {
    let recipients: Recipients = serde_json::from_value(m.recipients.clone()?).ok()?;
    recipients.from
}

fn called(name: String, address: String) -> String {
    if name.is_empty() { address } else { name }
}

/// Pictures that came inside of the mail point to our own files.
pub fn with_inline(html: &str, files: &[Attachment]) -> String {
    let mut out = html.to_owned();
    for file in files {
        if let Some(cid) = &file.content_id {
            out = out.replace(&format!("\"cid:{cid}\""), &format!("\"{}\"", url(file)));
        }
    }
    out
}

pub fn url(file: &Attachment) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' };
    format!("/api/files/{}/{}", file.token, file.name.chars().map(safe).collect::<String>())
}

pub fn file(file: Attachment) -> File {
    let url = url(&file);
    File {
        id: file.id,
        name: file.name,
        content_type: file.content_type,
        size: file.size,
        url,
        inline: file.inline,
    }
}

pub fn draft(found: desk::Draft) -> ShownDraft {
    let part = |name: &str| {
        found.recipients.get(name).cloned().and_then(|v| serde_json::from_value::<Vec<Party>>(v).ok())
    };
    ShownDraft {
        mode: found.mode,
        to: part("to"),
        cc: part("cc"),
        html: found.html,
        attachments: Vec::new(),
        updated_at: found.updated_at,
    }
}

pub fn texts(value: &Value) -> Vec<String> {
    serde_json::from_value(value.clone()).unwrap_or_default()
}
