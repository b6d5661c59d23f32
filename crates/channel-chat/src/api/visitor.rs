//! The visitor's side: sessions, messages, what is left behind.

use base::error::{conflict, forbidden, internal};
use conversations::model::ConversationId;
use conversations::store::conversation::find_conversation;
use people::Scope;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Created, Done, Envelope, House, Json, Path, Query, Result};

use super::guest::{Front, Visiting};
use super::talk::{self, Answer, ContactBody, MessageBody, Session};
use crate::actions::visitor::{banned, proven_customer};
use crate::actions::widget::secret_place;
use crate::actions::write::{Written, write};
use crate::actions::{contact, end, identify, mail, offline};
use crate::model::{ShownChat, ShownMessage, ShownVisitor};
use crate::store::chats::find_chat_of_visitor;
use crate::store::lines::{find_line, list_after};
use crate::store::visitors::find_visitor;
use crate::{present, signature, token};

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(begin))
        .routes(routes!(say, list))
        .routes(routes!(leave_contact))
        .routes(routes!(say_offline))
        .routes(routes!(leave))
        .routes(routes!(ask_transcript))
        .routes(routes!(prove))
        .routes(routes!(list_own))
        .routes(routes!(show_own))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChatSessionBody)]
struct SessionBody {
    #[serde(default)]
    token: Option<String>,
}

/// Begins a visitor's screen, or goes on with one. Nothing is stored.
#[utoipa::path(post, path = "/api/chat/{key}/session", params(("key" = String, Path)),
    request_body = SessionBody, responses((status = 200, body = Session), (status = 404, body = Envelope)))]
async fn begin(front: Front, Json(body): Json<SessionBody>) -> Result<Json<Session>> {
    front.lobbies(|lobbies| lobbies.doors().sessions.knock(&front.client.limit_key()))?;
    let known = body.token.filter(|token| front.guest(token).is_ok());
    let fresh = || token::anonymous(&front.house.secrets, front.widget.id);
    let mut token = known.unwrap_or_else(fresh);
    let address = front.guest(&token)?.bearer.address;
    let stored = front.read(move |cx| find_visitor(cx, &address)).await?;
    // The thread has moved to somebody who was proven since: the old token opens nothing.
    if stored.as_ref().is_some_and(|visitor| visitor.merged_into.is_some()) {
        token = fresh();
    } else if stored.is_some_and(|visitor| visitor.banned_at.is_some()) {
        return Err(banned().into());
    }
    show(&front, token).await
}

async fn show(front: &Front, token: String) -> Result<Json<Session>> {
    let guest = front.guest(&token)?;
    Ok(Json(front.read(move |cx| talk::session(cx, &guest, &token)).await?))
}

/// Says something: the same `id` twice is one message.
#[utoipa::path(post, path = "/api/chat/{key}/messages", params(("key" = String, Path)),
    request_body = MessageBody, responses((status = 201, body = Answer), (status = 403, body = Envelope),
    (status = 429, body = Envelope)))]
async fn say(at: Visiting, Json(body): Json<MessageBody>) -> Result<Created<Answer>> {
    let (front, guest) = (at.front, at.guest);
    let said = body.said()?;
    let address = guest.bearer.address.clone();
    let known = front.read(move |cx| Ok(find_visitor(cx, &address)?.is_some())).await?;
    front.lobbies(|lobbies| {
        let (doors, from) = (lobbies.doors(), front.client.limit_key());
        doors.messages.knock(&from)?;
        doors.visitors.knock(&guest.bearer.address)?;
        if known { Ok(()) } else { doors.beginnings.knock(&from) }
    })?;
    let writer = guest.clone();
    let written = front.write(move |cx| write(cx, &writer, &said)).await?;
    let Written::Kept { visitor, message, repeated } = written else { return Err(banned().into()) };
    let answer = front
        .read(move |cx| {
            let line = find_line(cx, visitor, message)?.ok_or_else(|| internal("just written"))?;
            let cursor = line.line;
            let chat = match find_chat_of_visitor(cx, visitor)? {
                Some(chat) => Some(present::chat(cx, &chat)?),
                None => None,
            };
            let state = present::state(cx, &guest.widget)?;
            let shown = present::messages(cx, &guest.widget.key, vec![line])?.pop();
            let message = shown.ok_or_else(|| internal("one line in gives one out"))?;
            Ok(Answer { message, chat, state, cursor, repeated })
        })
        .await?;
    Ok(Done::new(answer).created())
}

#[derive(Deserialize)]
struct LinesQuery {
    #[serde(default)]
    before: Option<i64>,
    #[serde(default)]
    after: Option<i64>,
    #[serde(default)]
    limit: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ChatLines)]
struct Lines {
    messages: Vec<ShownMessage>,
    more: bool,
}

const MOST_LINES: i64 = 200;

/// The own thread, oldest first: what is before a line, or after it.
#[utoipa::path(get, path = "/api/chat/{key}/messages",
    params(("key" = String, Path), ("before" = Option<i64>, Query), ("after" = Option<i64>, Query),
    ("limit" = Option<i64>, Query)), responses((status = 200, body = Lines), (status = 401, body = Envelope)))]
async fn list(at: Visiting, Query(query): Query<LinesQuery>) -> Result<Json<Lines>> {
    let guest = at.guest;
    let limit = query.limit.unwrap_or(30).clamp(1, 100);
    let lines = at
        .front
        .read(move |cx| {
            let found = find_visitor(cx, &guest.bearer.address)?;
            let Some(visitor) = found.filter(|visitor| visitor.merged_into.is_none()) else {
                return Ok(Lines { messages: Vec::new(), more: false });
            };
            let (lines, more) = match query.after {
                Some(after) => {
                    let lines = list_after(cx, visitor.id, after, MOST_LINES)?;
                    let more = lines.len() as i64 == MOST_LINES;
                    (lines, more)
                }
                None => talk::page(cx, &visitor, query.before.unwrap_or(i64::MAX), limit)?,
            };
            Ok(Lines { messages: present::messages(cx, &guest.widget.key, lines)?, more })
        })
        .await?;
    Ok(Json(lines))
}

/// Leaves a name or an address during a chat.
#[utoipa::path(put, path = "/api/chat/{key}/contact", params(("key" = String, Path)),
    request_body = ContactBody, responses((status = 200, body = ShownVisitor), (status = 409, body = Envelope)))]
async fn leave_contact(at: Visiting, Json(body): Json<ContactBody>) -> Result<Json<ShownVisitor>> {
    let told = crate::actions::visitor::Told { name: body.name, email: body.email, fields: body.fields };
    at.front.lobbies(|lobbies| lobbies.doors().visitors.knock(&at.guest.bearer.address))?;
    let guest = at.guest;
    let visitor = at.front.write(move |cx| contact::contact(cx, &guest, &told)).await?;
    Ok(Json(present::visitor(&visitor)))
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ChatSent)]
struct Sent {
    sent: bool,
}

/// Says something while nobody is there: the answer comes by mail.
#[utoipa::path(post, path = "/api/chat/{key}/offline", params(("key" = String, Path)),
    request_body = MessageBody, responses((status = 201, body = Sent), (status = 429, body = Envelope)))]
async fn say_offline(at: Visiting, Json(body): Json<MessageBody>) -> Result<Created<Sent>> {
    let (front, guest) = (at.front, at.guest);
    let said = body.said()?;
    front.lobbies(|lobbies| lobbies.doors().offline.knock(&front.client.limit_key()))?;
    front.write(move |cx| offline::offline(cx, &guest, &said)).await?;
    Ok(Done::new(Sent { sent: true }).created())
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ChatLeft)]
struct Left {
    chat: Option<ShownChat>,
}

/// The visitor ends the chat.
#[utoipa::path(post, path = "/api/chat/{key}/end", params(("key" = String, Path)),
    responses((status = 200, body = Left), (status = 409, body = Envelope)))]
async fn leave(at: Visiting) -> Result<Json<Left>> {
    let guest = at.guest;
    at.front.lobbies(|lobbies| lobbies.doors().visitors.knock(&guest.bearer.address))?;
    let left = at
        .front
        .write(move |cx| {
            let visitor = talk::known(cx, &guest)?;
            end::leave(cx, visitor.id)?;
            let chat = match find_chat_of_visitor(cx, visitor.id)? {
                Some(chat) => Some(present::chat(cx, &chat)?),
                None => None,
            };
            Ok(Left { chat })
        })
        .await?;
    Ok(Json(left))
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ChatTranscript)]
struct Transcript {
    /// The address as far as it may be told.
    to: String,
}

/// The thread as a mail, to the signed address or to the one that was left here.
#[utoipa::path(post, path = "/api/chat/{key}/transcript", params(("key" = String, Path)),
    responses((status = 200, body = Transcript), (status = 409, body = Envelope), (status = 429, body = Envelope)))]
async fn ask_transcript(at: Visiting) -> Result<Json<Transcript>> {
    let guest = at.guest;
    let to = at
        .front
        .write(move |cx| {
            let visitor = talk::known(cx, &guest)?;
            mail::transcript(cx, visitor.id)
        })
        .await?;
    Ok(Json(Transcript { to }))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChatIdentityBody)]
struct IdentityBody {
    /// A signed token (JSON Web Token, HS256) of the company's own server.
    identity: String,
    /// The visitor token of this browser, so that its thread moves along.
    #[serde(default)]
    token: Option<String>,
}

/// Proves who the visitor is.
#[utoipa::path(post, path = "/api/chat/{key}/identity", params(("key" = String, Path)),
    request_body = IdentityBody, responses((status = 200, body = Session), (status = 401, body = Envelope)))]
async fn prove(front: Front, Json(body): Json<IdentityBody>) -> Result<Json<Session>> {
    front.lobbies(|lobbies| lobbies.doors().identities.knock(&front.client.limit_key()))?;
    let (house, widget) = (&front.house, &front.widget);
    let off = || conflict("identity_off", "This widget takes no signed tokens.");
    let sealed = widget.secret.as_ref().ok_or_else(off)?;
    let secret = house.secrets.open_sealed(&secret_place(widget.id), sealed)?;
    let now = house.clock.now();
    let who = signature::verify(&body.identity, &secret, &widget.key, now)?;
    let token = token::proven(&house.secrets, widget.id, &who, now)?;
    let guest = front.guest(&token)?;
    let earlier = body.token.and_then(|token| front.guest(&token).ok());
    if let Some(earlier) = earlier.filter(|earlier| earlier.bearer.proven.is_none()) {
        let address = earlier.bearer.address;
        let looked = address.clone();
        // Most who sign in have not written anything: nothing is stored for them.
        if front.read(move |cx| Ok(find_visitor(cx, &looked)?.is_some())).await? {
            front.write(move |cx| identify::identify(cx, &guest, &address)).await?;
        }
    }
    show(&front, token).await
}

/// The own conversations of whoever has proven who it is.
#[utoipa::path(get, path = "/api/chat/{key}/conversations", params(("key" = String, Path)),
    responses((status = 200, body = Value), (status = 403, body = Envelope)))]
async fn list_own(at: Visiting) -> Result<Json<Value>> {
    let (front, who) = (at.front, verified(&at.guest)?);
    let items = front
        .write(move |cx| {
            let customer = proven_customer(cx, &who)?;
            crate::store::own::list_own(cx, customer)
        })
        .await?;
    Ok(Json(json!({"items": items})))
}

fn verified(guest: &crate::actions::visitor::Guest) -> Result<crate::model::Proven> {
    let refuse = || forbidden("verified_only", "Only a visitor who is signed in can do this.");
    Ok(guest.bearer.proven.clone().ok_or_else(refuse)?)
}

/// One of the own conversations: never notes, never what goes on beside it.
#[utoipa::path(get, path = "/api/chat/{key}/conversations/{id}",
    params(("key" = String, Path), ("id" = i64, Path)),
    responses((status = 200, body = Value), (status = 404, body = Envelope)))]
async fn show_own(at: Visiting, Path((_, id)): Path<(String, ConversationId)>) -> Result<Json<Value>> {
    let (front, who) = (at.front, verified(&at.guest)?);
    let key = front.widget.key.clone();
    let shown = front
        .write(move |cx| {
            let customer = proven_customer(cx, &who)?;
            let scope = Scope::Customer { id: customer.0 };
            let found = find_conversation(cx, &scope, id)?;
            let c = found.ok_or_else(|| base::error::not_found("conversation_not_found"))?;
            let lines = crate::store::own::list_messages(cx, c.id)?;
            let messages = present::messages(cx, &key, lines)?;
            Ok(json!({"id": c.id, "number": c.number, "subject": c.subject, "status": c.status, "messages": messages}))
        })
        .await?;
    Ok(Json(shown))
}
