//! What a visitor's screen begins with, and what it is told after each step.

use std::collections::BTreeMap;

use base::Result;
use conversations::model::AttachmentId;
use journal::Cx;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use web::Json;

use super::guest::Front;
use crate::actions::visitor::{Guest, find};
use crate::model::{Page, Said, ShownChat, ShownMessage, ShownState, ShownVisitor, Told, Visit};
use crate::present;
use crate::store::chats::find_chat_of_visitor;
use crate::store::lines::{Line, list_before};
use crate::store::visitors::{Visitor, find_visitor};
use conversations::model::{ConversationId, MessageId};

const FIRST_LINES: i64 = 30;

/// Everything that a screen needs to begin.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ChatSession)]
pub struct Session {
    pub token: String,
    pub visitor: Option<ShownVisitor>,
    pub state: ShownState,
    pub chat: Option<ShownChat>,
    pub messages: Vec<ShownMessage>,
    pub more: bool,
    pub cursor: i64,
    pub agent_read: MessageId,
    pub verified: Option<Verified>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ChatVerified)]
pub struct Verified {
    pub name: String,
    pub email: Option<String>,
}

/// Without a lock: nothing is changed by looking.
pub fn session(cx: &mut Cx, guest: &Guest, token: &str) -> Result<Session> {
    let found = find_visitor(cx, &guest.bearer.address)?;
    let proven = guest.bearer.proven.as_ref();
    let verified =
        proven.map(|who| Verified { name: who.name.clone().unwrap_or_default(), email: who.email.clone() });
    let mut session = Session {
        token: token.to_owned(),
        visitor: None,
        state: present::state(cx, &guest.widget)?,
        chat: None,
        messages: Vec::new(),
        more: false,
        cursor: 0,
        agent_read: MessageId(0),
        verified,
    };
    if let Some(visitor) = found {
        fill(cx, guest, &visitor, &mut session)?;
    }
    Ok(session)
}

fn fill(cx: &mut Cx, guest: &Guest, visitor: &Visitor, session: &mut Session) -> Result<()> {
    let (lines, more) = page(cx, visitor, i64::MAX, FIRST_LINES)?;
    session.cursor = lines.last().map_or(0, |line| line.line);
    (session.messages, session.more) = (present::messages(cx, &guest.widget.key, lines)?, more);
    if let Some(chat) = find_chat_of_visitor(cx, visitor.id)? {
        session.agent_read = chat.seen_id;
        session.chat = Some(present::chat(cx, &chat)?);
    }
    session.visitor = Some(present::visitor(visitor));
    Ok(())
}

/// The lines before one, oldest first, and whether there are more.
pub fn page(cx: &mut Cx, visitor: &Visitor, before: i64, limit: i64) -> Result<(Vec<Line>, bool)> {
    let mut lines = list_before(cx, visitor.id, before, limit + 1)?;
    let more = lines.len() as i64 > limit;
    lines.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    lines.reverse();
    Ok((lines, more))
}

/// What is told to whoever has written.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ChatWritten)]
pub struct Answer {
    pub message: ShownMessage,
    pub chat: Option<ShownChat>,
    pub state: ShownState,
    pub cursor: i64,
    pub repeated: bool,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChatMessageBody)]
pub struct MessageBody {
    pub id: String,
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub upload_ids: Vec<AttachmentId>,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    #[serde(default)]
    pub page: Option<Page>,
    #[serde(default)]
    pub trail: Vec<Visit>,
    #[serde(default)]
    pub conversation_id: Option<ConversationId>,
}

impl MessageBody {
    pub fn said(self) -> Result<Said> {
        let told = Told { name: self.name, email: self.email, fields: self.fields };
        let said = Said {
            client_id: self.id,
            text: self.text,
            upload_ids: self.upload_ids,
            told,
            page: self.page,
            trail: self.trail,
            conversation_id: self.conversation_id,
        };
        said.checked()
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChatContactBody)]
pub struct ContactBody {
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
}

/// The stored visitor of a token that is still good.
pub fn known(cx: &mut Cx, guest: &Guest) -> Result<Visitor> {
    let missing = || base::error::conflict("chat_not_begun", "Write something first.");
    find(cx, guest)?.ok_or_else(missing)
}

/// What the holder of this token begins with.
pub async fn show(front: &Front, token: String) -> web::Result<Json<Session>> {
    let guest = front.guest(&token)?;
    Ok(Json(front.read(move |cx| session(cx, &guest, &token)).await?))
}
