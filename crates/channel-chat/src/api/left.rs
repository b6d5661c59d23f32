//! What a visitor leaves behind: an address, a message for later, the end, a wish for a transcript.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Created, Done, Envelope, House, Json, Result};

use super::guest::{Sent, Visiting};
use super::talk::{self, ContactBody, MessageBody};
use crate::actions::{contact, end, mail, offline};
use crate::model::{ShownChat, ShownVisitor, Told};
use crate::present;
use crate::store::chats::find_chat_of_visitor;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(leave_contact))
        .routes(routes!(say_offline))
        .routes(routes!(leave))
        .routes(routes!(ask_transcript))
}

/// Leaves a name or an address during a chat.
#[utoipa::path(put, path = "/api/chat/{key}/contact", params(("key" = String, Path)),
    request_body = ContactBody, responses((status = 200, body = ShownVisitor), (status = 409, body = Envelope)))]
async fn leave_contact(Sent(at, body): Sent<Visiting, ContactBody>) -> Result<Json<ShownVisitor>> {
    let told = Told { name: body.name, email: body.email, fields: body.fields };
    at.front.lobbies(|lobbies| lobbies.doors().visitors.knock(&at.guest.bearer.address))?;
    let guest = at.guest;
    let visitor = at.front.write(move |cx| contact::contact(cx, &guest, &told)).await?;
    Ok(Json(present::visitor(&visitor)))
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ChatSent)]
struct Kept {
    sent: bool,
}

/// Says something while nobody is there: the answer comes by mail.
#[utoipa::path(post, path = "/api/chat/{key}/offline", params(("key" = String, Path)),
    request_body = MessageBody, responses((status = 201, body = Kept), (status = 429, body = Envelope)))]
async fn say_offline(Sent(at, body): Sent<Visiting, MessageBody>) -> Result<Created<Kept>> {
    let (front, guest) = (at.front, at.guest);
    let said = body.said()?;
    front.lobbies(|lobbies| lobbies.doors().offline.knock(&front.client.limit_key()))?;
    front.write(move |cx| offline::offline(cx, &guest, &said)).await?;
    Ok(Done::new(Kept { sent: true }).created())
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
