//! Conversations: one row each, found within a scope and saved as a whole.

use base::error::{conflict, not_found};
use base::{Result, Time};
use customers::CustomerId;
use journal::Cx;
use people::{AgentId, BrandId, Scope, TeamId};
use serde_json::Value;
use store::{p, row};

use crate::model::{self, Author, ConversationId, Keys, MessageId, Priority, Shelf, Status, Type};
use crate::store::visible::visible;

row! {
    #[derive(Clone, Debug)]
    pub struct Conversation {
        pub id: ConversationId,
        pub number: i64,
        pub version: i64,
        pub subject: String,
        pub status: Status,
        pub shelf: Shelf,
        pub spam: bool,
        pub priority: Option<Priority>,
        pub kind: Option<Type>,
        pub channel: String,
        pub brand_id: Option<BrandId>,
        pub team_id: Option<TeamId>,
        pub assignee_id: Option<AgentId>,
        pub requester_id: CustomerId,
        pub submitter: String,
        pub external_id: Option<String>,
        pub form: Option<String>,
        pub fields: Value,
        pub tags: Value,
        pub due_at: Option<Time>,
        pub preview: String,
        pub last_author: Author,
        pub last_message_id: MessageId,
        pub last_inbound_id: MessageId,
        pub account: Option<String>,
        pub joined_into: Option<ConversationId>,
        pub follow_up_of: Option<ConversationId>,
        pub created_at: Time,
        pub last_activity_at: Time,
        pub status_at: Time,
        pub deleted_at: Option<Time>,
    }
}

/// The columns of [`Conversation`], in its order.
pub const COLUMNS: &str = "c.id, c.number, c.version, c.subject, c.status, c.shelf, c.spam, c.priority, c.type,
    c.channel, c.brand_id, c.team_id, c.assignee_id, c.requester_id, c.submitter, c.external_id, c.form, c.fields,
    c.tags, c.due_at, c.preview, c.last_author, c.last_message_id, c.last_inbound_id, c.account, c.joined_into,
    c.follow_up_of, c.created_at, c.last_activity_at, c.status_at, c.deleted_at";

impl Conversation {
    pub fn keys(&self) -> Keys {
        Keys {
            shelf: self.shelf,
            team: self.team_id,
            brand: self.brand_id,
            assignee: self.assignee_id,
            requester: self.requester_id,
        }
    }
}

/// The next number: dense on SQLite, with gaps on PostgreSQL, where a counter row would be locked
/// over every commit.
pub fn next_number(cx: &mut Cx) -> Result<i64> {
    let sql = (
        "UPDATE conversation_numbers SET last = last + 1 WHERE one = 1 RETURNING last",
        "SELECT nextval('conversation_numbers')",
    );
    let (number,): (i64,) = cx.one(sql, p![])?;
    Ok(number)
}

pub fn insert_conversation(cx: &mut Cx, c: &Conversation) -> Result<()> {
    cx.exec(
        "INSERT INTO conversations (id, number, version, subject, status, shelf, spam, priority, type, channel,
             brand_id, team_id, assignee_id, requester_id, submitter, external_id, form, fields, tags, due_at,
             preview, last_author, last_message_id, last_inbound_id, account, joined_into, follow_up_of,
             created_at, last_activity_at, status_at, deleted_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
             $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31)",
        p![
            c.id, c.number, c.version, c.subject, c.status, c.shelf, c.spam, c.priority, c.kind, c.channel,
            c.brand_id, c.team_id, c.assignee_id, c.requester_id, c.submitter, c.external_id, c.form, c.fields,
            c.tags, c.due_at, c.preview, c.last_author, c.last_message_id, c.last_inbound_id, c.account,
            c.joined_into, c.follow_up_of, c.created_at, c.last_activity_at, c.status_at, c.deleted_at
        ],
    )
    .map(drop)
}

/// Writes what verbs may change, puts it on its shelf and raises the version. A Conflict when
/// somebody else was faster.
pub fn save(cx: &mut Cx, c: &mut Conversation) -> Result<()> {
    c.shelf = model::shelf(c.status, c.spam, c.deleted_at.is_some());
    let changed = cx.exec(
        "UPDATE conversations SET version = version + 1, subject = $3, status = $4, shelf = $5, spam = $6,
             priority = $7, type = $8, channel = $9, brand_id = $10, team_id = $11, assignee_id = $12,
             requester_id = $13, external_id = $14, form = $15, fields = $16, tags = $17, due_at = $18,
             preview = $19, last_author = $20, last_message_id = $21, last_inbound_id = $22, account = $23,
             joined_into = $24, last_activity_at = $25, status_at = $26, deleted_at = $27
         WHERE id = $1 AND version = $2",
        p![
            c.id,
            c.version,
            c.subject,
            c.status,
            c.shelf,
            c.spam,
            c.priority,
            c.kind,
            c.channel,
            c.brand_id,
            c.team_id,
            c.assignee_id,
            c.requester_id,
            c.external_id,
            c.form,
            c.fields,
            c.tags,
            c.due_at,
            c.preview,
            c.last_author,
            c.last_message_id,
            c.last_inbound_id,
            c.account,
            c.joined_into,
            c.last_activity_at,
            c.status_at,
            c.deleted_at
        ],
    )?;
    if changed != 1 {
        return Err(conflict("version_conflict", "Somebody else changed this conversation meanwhile."));
    }
    c.version += 1;
    Ok(())
}

/// Without regard to who asks: for what the house does by itself.
pub fn find_any(cx: &mut Cx, id: ConversationId) -> Result<Option<Conversation>> {
    let sql = format!("SELECT {COLUMNS} FROM conversations c WHERE c.id = $1{}", cx.lock_suffix());
    cx.opt(sql, p![id])
}

/// Without a lock, for screens.
pub fn find_conversation(cx: &mut Cx, scope: &Scope, id: ConversationId) -> Result<Option<Conversation>> {
    let sql = format!("SELECT {COLUMNS} FROM conversations c WHERE c.id = $1 AND {}", visible(scope).sql());
    cx.opt(sql, p![id])
}

/// Several at once, without a lock, in no order.
pub fn list_conversations(cx: &mut Cx, scope: &Scope, ids: &[ConversationId]) -> Result<Vec<Conversation>> {
    let among = cx.among("c.id", 1);
    let sql = format!("SELECT {COLUMNS} FROM conversations c WHERE {among} AND {}", visible(scope).sql());
    cx.all(sql, p![serde_json::json!(ids)])
}

pub fn find_by_number(cx: &mut Cx, scope: &Scope, number: i64) -> Result<Option<ConversationId>> {
    let sql = format!("SELECT c.id FROM conversations c WHERE c.number = $1 AND {}", visible(scope).sql());
    let row: Option<(ConversationId,)> = cx.opt(sql, p![number])?;
    Ok(row.map(|(id,)| id))
}

/// The row locked for a change, within the scope and at the expected version.
pub fn claim_conversation(
    cx: &mut Cx,
    scope: &Scope,
    id: ConversationId,
    version: Option<i64>,
) -> Result<Conversation> {
    let sql = format!(
        "SELECT {COLUMNS} FROM conversations c WHERE c.id = $1 AND {}{}",
        visible(scope).sql(),
        cx.lock_suffix()
    );
    let found: Option<Conversation> = cx.opt(sql, p![id])?;
    let found = found.ok_or_else(|| not_found("conversation_not_found"))?;
    match version {
        Some(expected) if expected != found.version => {
            let present = serde_json::json!({"id": found.id, "version": found.version, "status": found.status,
                "assignee_id": found.assignee_id, "team_id": found.team_id, "subject": found.subject});
            Err(conflict("version_conflict", "Somebody else changed this conversation meanwhile.")
                .with_present(present))
        }
        _ => Ok(found),
    }
}

/// Solved since before `before`: to be closed, a bounded number at a time.
pub fn list_to_close(cx: &mut Cx, before: Time) -> Result<Vec<(ConversationId,)>> {
    cx.all(
        "SELECT id FROM conversations WHERE status = 'solved' AND status_at < $1 ORDER BY status_at LIMIT 100",
        p![before],
    )
}

row! {
    /// What the search index keeps of a conversation.
    #[derive(Clone, Debug)]
    pub struct Subject { pub id: ConversationId, pub number: i64, pub subject: String, pub created_at: Time }
}

/// Without regard to who asks, and without a lock.
pub fn list_subjects(cx: &mut Cx, ids: &[i64]) -> Result<Vec<Subject>> {
    let among = cx.among("id", 1);
    let sql = format!("SELECT id, number, subject, created_at FROM conversations WHERE {among}");
    cx.all(sql, p![serde_json::json!(ids)])
}

row! {
    #[derive(Clone, Debug, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
    pub struct Reference { pub id: ConversationId, pub number: i64, pub subject: String }
}

/// Other conversations of the same person that are still open: they may be about the same thing.
pub fn list_also_open(cx: &mut Cx, scope: &Scope, c: &Conversation) -> Result<Vec<Reference>> {
    let sql = format!(
        "SELECT c.id, c.number, c.subject FROM conversations c
         WHERE c.requester_id = $1 AND c.id <> $2 AND c.shelf = 'active' AND {}
         ORDER BY c.id DESC LIMIT 5",
        visible(scope).sql()
    );
    cx.all(sql, p![c.requester_id, c.id])
}

pub fn find_reference(cx: &mut Cx, scope: &Scope, id: Option<ConversationId>) -> Result<Option<Reference>> {
    let Some(id) = id else { return Ok(None) };
    let sql = format!(
        "SELECT c.id, c.number, c.subject FROM conversations c WHERE c.id = $1 AND {}",
        visible(scope).sql()
    );
    cx.opt(sql, p![id])
}

/// All conversations, page by page in the order of their ids; for the house itself.
pub fn list_ids_after(cx: &mut Cx, after: i64, limit: i64) -> Result<Vec<i64>> {
    let rows: Vec<(i64,)> =
        cx.all("SELECT id FROM conversations WHERE id > $1 ORDER BY id LIMIT $2", p![after, limit])?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
