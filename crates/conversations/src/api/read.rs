//! What can be read: lists, one conversation, its messages, its recipients, search.

use base::error::{invalid, not_found};
use base::{Ask, Page};
use customers::{Customer, CustomerId};
use journal::Cx;
use people::{AgentId, Scope};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Envelope, House, Json, Path, Query, Result};

use crate::model::{ConversationId, MessageId, ParticipantKind};
use crate::present::{self, Requester, Row, Shown, ShownDraft, ShownSide};
use crate::store::conversation::{
    Conversation, Reference, find_by_number, find_conversation, find_reference, list_also_open,
};
use crate::store::desk;
use crate::store::list::{View, enumerate, list_of_customer, list_view};
use crate::store::message::list_messages;
use crate::store::people::{list_followers, list_participants};
use crate::store::side::list_sides;
use crate::viewers;
use crate::ways::{Way, ways};

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(one))
        .routes(routes!(by_number))
        .routes(routes!(messages))
        .routes(routes!(counts))
        .routes(routes!(of_customer))
}

#[derive(Deserialize)]
struct ListQuery {
    view: Option<String>,
    cursor: Option<String>,
    limit: Option<i64>,
}

/// Lists conversations: a view by newest activity, or all by id.
#[utoipa::path(get, path = "/api/conversations",
    params(("view" = Option<String>, Query), ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = Page<Row>), (status = 400, body = Envelope)))]
async fn list(at: At, Query(query): Query<ListQuery>) -> Result<Json<Page<Row>>> {
    let view = match query.view.as_deref() {
        None => None,
        Some(word) => Some(
            View::parse(word)
                .ok_or_else(|| invalid("view_unknown", "This view does not exist.").field("view"))?,
        ),
    };
    let ask = Ask { cursor: query.cursor, limit: query.limit };
    let page = at
        .read(move |cx| {
            let scope = people::scope(cx)?;
            let me = cx.caller().agent_id().map(AgentId);
            let page = match view {
                Some(view) => list_view(cx, &scope, view, me, &ask)?,
                None => enumerate(cx, &scope, &ask)?,
            };
            Ok(Page { items: present::rows(cx, page.items)?, next: page.next })
        })
        .await?;
    Ok(Json(page))
}

#[derive(Serialize, ToSchema)]
struct ShownParticipant {
    id: CustomerId,
    name: String,
    address: String,
    kind: ParticipantKind,
}

/// A conversation as it is opened.
#[derive(Serialize, ToSchema)]
pub struct Opened {
    #[serde(flatten)]
    row: Row,
    participants: Vec<ShownParticipant>,
    followers: Vec<AgentId>,
    fields: Value,
    form: Option<String>,
    external_id: Option<String>,
    also_open: Vec<Reference>,
    follow_up_of: Option<Reference>,
    joined_into: Option<Reference>,
    customer: Customer,
    /// The requester is shut out.
    blocked: bool,
    /// What goes on beside it with third parties.
    sides: Vec<ShownSide>,
    channels: Vec<Way>,
    draft: Option<ShownDraft>,
    messages: Page<Shown>,
    read_up_to: Option<MessageId>,
}

const FIRST_MESSAGES: i64 = 30;

/// Opens a conversation with its last thirty messages.
#[utoipa::path(get, path = "/api/conversations/{id}", params(("id" = i64, Path)),
    responses((status = 200, body = Opened), (status = 404, body = Envelope)))]
async fn one(at: At, Path(id): Path<ConversationId>) -> Result<Json<Opened>> {
    Ok(Json(at.read(move |cx| open(cx, id)).await?))
}

/// Opens a conversation by the number that people see.
#[utoipa::path(get, path = "/api/conversations/by-number/{number}", params(("number" = i64, Path)),
    responses((status = 200, body = Opened), (status = 404, body = Envelope)))]
async fn by_number(at: At, Path(number): Path<i64>) -> Result<Json<Opened>> {
    let opened = at
        .read(move |cx| {
            let scope = people::scope(cx)?;
            let id = find_by_number(cx, &scope, number)?;
            open(cx, id.ok_or_else(|| not_found("conversation_not_found"))?)
        })
        .await?;
    Ok(Json(opened))
}

fn open(cx: &mut Cx, id: ConversationId) -> base::Result<Opened> {
    let scope = people::scope(cx)?;
    let c = found(cx, &scope, id)?;
    let ask = Ask { cursor: None, limit: Some(FIRST_MESSAGES) };
    let page = list_messages(cx, &scope, id, &ask)?;
    let messages = Page { items: present::messages(cx, page.items)?, next: page.next };
    let me = cx.caller().agent_id().map(AgentId);
    let draft = match me {
        Some(me) => desk::find_draft(cx, id, me)?.map(present::draft),
        None => None,
    };
    let read_up_to = match me {
        Some(me) => desk::list_reads_of(cx, me, &[id])?.first().map(|(_, m)| *m),
        None => None,
    };
    let customer = customers::customer(cx, &scope, c.requester_id)?;
    Ok(Opened {
        blocked: customers::is_customer_blocked(cx, &customer.identities)?,
        sides: list_sides(cx, &scope, id)?.into_iter().map(present::side).collect(),
        channels: ways(cx, &c, &customer)?,
        participants: participants(cx, id)?,
        followers: list_followers(cx, id)?,
        fields: c.fields.clone(),
        form: c.form.clone(),
        external_id: c.external_id.clone(),
        also_open: list_also_open(cx, &scope, &c)?,
        follow_up_of: find_reference(cx, &scope, c.follow_up_of)?,
        joined_into: find_reference(cx, &scope, c.joined_into)?,
        customer,
        draft,
        messages,
        read_up_to,
        row: present::row(cx, c)?,
    })
}

fn found(cx: &mut Cx, scope: &Scope, id: ConversationId) -> base::Result<Conversation> {
    find_conversation(cx, scope, id)?.ok_or_else(|| not_found("conversation_not_found"))
}

fn participants(cx: &mut Cx, id: ConversationId) -> base::Result<Vec<ShownParticipant>> {
    let rows = list_participants(cx, id)?;
    let ids: Vec<CustomerId> = rows.iter().map(|p| p.customer_id).collect();
    let names = present::requesters(cx, ids.into_iter())?;
    let name = |id: &CustomerId| names.get(id).map(|r: &Requester| r.name.clone()).unwrap_or_default();
    Ok(rows
        .into_iter()
        .map(|p| ShownParticipant {
            id: p.customer_id,
            name: name(&p.customer_id),
            address: p.address,
            kind: p.kind,
        })
        .collect())
}

/// Older messages of a conversation.
#[utoipa::path(get, path = "/api/conversations/{id}/messages",
    params(("id" = i64, Path), ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = Page<Shown>), (status = 404, body = Envelope)))]
async fn messages(
    at: At,
    Path(id): Path<ConversationId>,
    Query(ask): Query<Ask>,
) -> Result<Json<Page<Shown>>> {
    let page = at
        .read(move |cx| {
            let scope = people::scope(cx)?;
            found(cx, &scope, id)?;
            let page = list_messages(cx, &scope, id, &ask)?;
            Ok(Page { items: present::messages(cx, page.items)?, next: page.next })
        })
        .await?;
    Ok(Json(page))
}

/// The views with their counts.
#[utoipa::path(get, path = "/api/views", responses((status = 200, body = Value)))]
async fn counts(at: At) -> Result<Json<Value>> {
    let views = at
        .read(|cx| {
            let scope = people::scope(cx)?;
            let me = cx.caller().agent_id().map(AgentId);
            viewers::views(cx, &scope, me)
        })
        .await?;
    Ok(Json(views))
}

/// Everything that one customer has asked.
#[utoipa::path(get, path = "/api/customers/{id}/conversations",
    params(("id" = i64, Path), ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = Page<Row>), (status = 404, body = Envelope)))]
async fn of_customer(at: At, Path(id): Path<CustomerId>, Query(ask): Query<Ask>) -> Result<Json<Page<Row>>> {
    let page = at
        .read(move |cx| {
            let scope = people::scope(cx)?;
            let id = customers::customer(cx, &scope, id)?.id;
            let page = list_of_customer(cx, &scope, id, &ask)?;
            Ok(Page { items: present::rows(cx, page.items)?, next: page.next })
        })
        .await?;
    Ok(Json(page))
}
