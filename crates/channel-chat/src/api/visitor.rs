//! The visitor's side: sessions, messages, what is left behind.

use base::error::internal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Created, Done, Envelope, House, Json, Query, Result};

use super::guest::{Front, Sent, Visiting};
use super::talk::{self, Answer, MessageBody, Session};
use crate::actions::visitor::banned;
use crate::actions::write::write;
use crate::model::{ShownMessage, Written};
use crate::store::chats::find_chat_of_visitor;
use crate::store::lines::{find_line, list_after};
use crate::store::visitors::find_visitor;
use crate::{present, token};

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(begin)).routes(routes!(say, list))
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
async fn begin(Sent(front, body): Sent<Front, SessionBody>) -> Result<Json<Session>> {
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
    talk::show(&front, token).await
}

/// Says something: the same `id` twice is one message.
#[utoipa::path(post, path = "/api/chat/{key}/messages", params(("key" = String, Path)),
    request_body = MessageBody, responses((status = 201, body = Answer), (status = 403, body = Envelope),
    (status = 429, body = Envelope)))]
async fn say(Sent(at, body): Sent<Visiting, MessageBody>) -> Result<Created<Answer>> {
    let (front, guest) = (at.front, at.guest);
    let said = body.said()?;
    let address = guest.bearer.address.clone();
    let known = front.read(move |cx| Ok(find_visitor(cx, &address)?.is_some())).await?;
    front.lobbies(|lobbies| {
        let (doors, from) = (lobbies.doors(), front.client.limit_key());
        doors.messages.knock(&from)?;
        doors.visitors.knock(&guest.bearer.address)?;
        if known {
            return Ok(());
        }
        doors.beginnings.knock(&from)?;
        doors.crowd.knock(&front.house.name)
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
