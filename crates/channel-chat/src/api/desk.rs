//! The desk's side: the queue, who takes chats, the visitor of a thread.

use base::Time;
use base::error::not_found;
use conversations::model::{ConversationId, MessageId};
use conversations::store::conversation::find_conversation;
use journal::settings;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Done, Envelope, House, Json, Nothing, Path, Result};

use crate::actions::availability::{self, SetAvailability};
use crate::actions::ban::{self, Ban, Unban};
use crate::actions::end::End;
use crate::actions::pass::{self, Pass};
use crate::actions::seen::{self, Seen};
use crate::actions::take::{self, Return, Take};
use crate::lobby;
use crate::model::{
    Availability, ChatId, ChatRow, ChatRules, MailingId, MailingKind, MailingState, ShownPanel,
};
use crate::present;
use crate::store::agents::list_agents;
use crate::store::chats::{count_chats_of, find_chat_of, list_live};
use crate::store::mailings::list_mailings;
use crate::store::visitors::get_visitor;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(desk))
        .routes(routes!(set_availability))
        .routes(routes!(take))
        .routes(routes!(give_back))
        .routes(routes!(pass))
        .routes(routes!(end))
        .routes(routes!(typing))
        .routes(routes!(see))
        .routes(routes!(show))
        .routes(routes!(ban, unban))
}

/// What a desk's queue begins with.
#[derive(Serialize, Deserialize, ToSchema)]
struct ChatDesk {
    me: Option<Availability>,
    agents: Vec<Availability>,
    chats: Vec<ChatRow>,
    rules: ChatRules,
}

/// The queue, and who takes chats.
#[utoipa::path(get, path = "/api/chat/desk", responses((status = 200, body = ChatDesk)))]
async fn desk(at: At) -> Result<Json<ChatDesk>> {
    let shown = at
        .read(|cx| {
            let scope = people::scope(cx)?;
            let me = match cx.caller().agent_id() {
                Some(agent) => Some(present::availability(cx, people::AgentId(agent))?),
                None => None,
            };
            let mut agents = Vec::new();
            for found in list_agents(cx)? {
                agents.push(present::shown_agent(cx, found.agent_id, Some(&found))?);
            }
            let mut chats = Vec::new();
            for chat in list_live(cx)? {
                if find_conversation(cx, &scope, chat.conversation_id)?.is_some() {
                    chats.push(present::row(cx, &chat)?);
                }
            }
            Ok(ChatDesk { me, agents, chats, rules: settings::get(cx)? })
        })
        .await?;
    Ok(Json(shown))
}

/// Takes chats from now on, or no more.
#[utoipa::path(put, path = "/api/chat/availability", request_body = availability::Input,
    responses((status = 200, body = Availability)))]
async fn set_availability(at: At, Json(input): Json<availability::Input>) -> Result<Done<Availability>> {
    at.act::<SetAvailability>(None, input).await
}

/// Takes a chat: nobody else has it then.
#[utoipa::path(post, path = "/api/chats/{id}/take", params(("id" = i64, Path)),
    responses((status = 200, body = ChatRow), (status = 404, body = Envelope), (status = 409, body = Envelope)))]
async fn take(at: At, Path(chat_id): Path<ChatId>) -> Result<Done<ChatRow>> {
    at.act::<Take>(None, take::Input { chat_id }).await
}

/// Gives a chat back to the queue.
#[utoipa::path(post, path = "/api/chats/{id}/return", params(("id" = i64, Path)),
    responses((status = 200, body = ChatRow), (status = 404, body = Envelope), (status = 409, body = Envelope)))]
async fn give_back(at: At, Path(chat_id): Path<ChatId>) -> Result<Done<ChatRow>> {
    at.act::<Return>(None, take::Input { chat_id }).await
}

/// Passes a chat to an agent or to a team.
#[utoipa::path(post, path = "/api/chats/{id}/pass", params(("id" = i64, Path)), request_body = pass::Input,
    responses((status = 200, body = ChatRow), (status = 404, body = Envelope), (status = 409, body = Envelope)))]
async fn pass(at: At, Path(id): Path<ChatId>, Json(input): Json<pass::Input>) -> Result<Done<ChatRow>> {
    at.act::<Pass>(None, pass::Input { chat_id: Some(id), ..input }).await
}

/// Ends a chat; its conversation stays.
#[utoipa::path(post, path = "/api/chats/{id}/end", params(("id" = i64, Path)),
    responses((status = 200, body = ChatRow), (status = 404, body = Envelope)))]
async fn end(at: At, Path(chat_id): Path<ChatId>) -> Result<Done<ChatRow>> {
    at.act::<End>(None, take::Input { chat_id }).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChatTyping {
    on: bool,
}

/// The visitor sees that somebody writes.
#[utoipa::path(post, path = "/api/chats/{id}/typing", params(("id" = i64, Path)), request_body = ChatTyping,
    responses((status = 204), (status = 404, body = Envelope)))]
async fn typing(at: At, Path(id): Path<ChatId>, Json(body): Json<ChatTyping>) -> Result<Nothing> {
    at.caller.must("conversation.reply")?;
    let (visitor, name) = at
        .read(move |cx| {
            let agent = people::acting_agent(cx)?;
            let missing = || not_found("chat_not_found");
            let scope = people::scope(cx)?;
            let chat = crate::store::chats::find_chat(cx, id)?.ok_or_else(missing)?;
            find_conversation(cx, &scope, chat.conversation_id)?.ok_or_else(missing)?;
            Ok((get_visitor(cx, chat.visitor_id)?.address, people::agent(cx, agent)?.name))
        })
        .await?;
    lobby::say(&at.house, &visitor, json!({"type": "typing", "on": body.on, "name": name}));
    Ok(Nothing::default())
}

/// The visitor's messages up to this one stand on my screen.
#[utoipa::path(post, path = "/api/chats/{id}/seen", params(("id" = i64, Path)), request_body = seen::Input,
    responses((status = 204), (status = 404, body = Envelope)))]
async fn see(at: At, Path(id): Path<ChatId>, Json(input): Json<seen::Input>) -> Result<Nothing> {
    let message: MessageId = input.message_id;
    let done = at.act::<Seen>(None, seen::Input { chat_id: Some(id), ..input }).await?;
    if let Some(visitor) = done.body {
        lobby::say(&at.house, &visitor, json!({"type": "read", "agent_read": message}));
    }
    Ok(Nothing::default())
}

#[derive(Serialize, Deserialize, ToSchema)]
struct ChatMailing {
    id: MailingId,
    kind: MailingKind,
    to: String,
    #[schema(value_type = Vec<i64>)]
    message_ids: Value,
    state: MailingState,
    at: Time,
    error: Option<String>,
}

/// The visitor of a thread, with the newest chat.
#[derive(Serialize, Deserialize, ToSchema)]
struct ChatPanel {
    chat: ChatRow,
    chats: i64,
    visitor: ShownPanel,
    mails: Vec<ChatMailing>,
}

/// The chat of a conversation.
#[utoipa::path(get, path = "/api/conversations/{id}/chat", params(("id" = i64, Path)),
    responses((status = 200, body = ChatPanel), (status = 404, body = Envelope)))]
async fn show(at: At, Path(id): Path<ConversationId>) -> Result<Json<ChatPanel>> {
    let panel = at
        .read(move |cx| {
            let scope = people::scope(cx)?;
            find_conversation(cx, &scope, id)?.ok_or_else(|| not_found("conversation_not_found"))?;
            let chat = find_chat_of(cx, id)?.ok_or_else(|| not_found("chat_none"))?;
            let visitor = get_visitor(cx, chat.visitor_id)?;
            let mails = list_mailings(cx, id)?
                .into_iter()
                .map(|mail| ChatMailing {
                    id: mail.id,
                    kind: mail.kind,
                    to: mail.recipient,
                    message_ids: mail.message_ids,
                    state: mail.state,
                    at: mail.created_at,
                    error: mail.error,
                })
                .collect();
            let visitor = present::panel(visitor, cx.now());
            Ok(ChatPanel { chat: present::row(cx, &chat)?, chats: count_chats_of(cx, id)?, visitor, mails })
        })
        .await?;
    Ok(Json(panel))
}

/// Shuts the visitor out.
#[utoipa::path(put, path = "/api/conversations/{id}/chat/ban", params(("id" = i64, Path)),
    request_body = ban::Input, responses((status = 204), (status = 404, body = Envelope)))]
async fn ban(at: At, Path(id): Path<ConversationId>, Json(input): Json<ban::Input>) -> Result<Nothing> {
    let done = at.act::<Ban>(None, ban::Input { conversation_id: Some(id), ..input }).await?;
    lobby::shut(&at.house, &done.body);
    Ok(Nothing { undo: done.undo })
}

/// Lets the visitor in again.
#[utoipa::path(delete, path = "/api/conversations/{id}/chat/ban", params(("id" = i64, Path)),
    responses((status = 204), (status = 404, body = Envelope)))]
async fn unban(at: At, Path(id): Path<ConversationId>) -> Result<Nothing> {
    let done = at.act::<Unban>(None, ban::Input { conversation_id: Some(id), address: true }).await?;
    Ok(Nothing { undo: done.undo })
}
