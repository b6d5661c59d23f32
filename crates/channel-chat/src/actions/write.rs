//! A visitor writes: once, into the conversation of its session, and the desks ring.

use base::Result;
use base::error::{forbidden, invalid, not_found};
use conversations::actions::receive::Receive;
use conversations::channel::Inbound;
use conversations::model::{AttachmentId, ConversationId, MessageId, Party, Shelf, Status};
use conversations::store::attachment::set_message;
use conversations::store::conversation::{find_any, find_conversation};
use customers::IdentityKind;
use journal::{Cx, Note};
use people::Scope;
use serde_json::json;

use super::mail::look_later;
use super::ringing;
use super::visitor::{Guest, Told, proven_customer, welcome};
use crate::events;
use crate::model::{self, ChatState, Page, Visit, VisitorId, checked_page, checked_trail};
use crate::store::chats::find_chat_of_visitor;
use crate::store::lines::{find_by_client, put_line};
use crate::store::visitors::{Visitor, set_visitor};

/// What a visitor sends.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// The name that the visitor's own list has for it: what comes twice is kept once.
    pub client_id: String,
    pub text: String,
    pub upload_ids: Vec<AttachmentId>,
    pub told: Told,
    pub page: Option<Page>,
    pub trail: Vec<Visit>,
    /// Another of the own conversations, for those who have proven who they are.
    pub conversation_id: Option<ConversationId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    Kept {
        visitor: VisitorId,
        message: MessageId,
        repeated: bool,
    },
    /// An agent has shut this visitor out: nothing was opened.
    Blocked,
}

impl Said {
    /// Cleaned, or refused with the field that is wrong.
    pub fn checked(self) -> Result<Said> {
        let text = base::text::without_nul(&self.text).trim().to_owned();
        if text.is_empty() && self.upload_ids.is_empty() {
            return Err(invalid("text_empty", "Write something first.").field("text"));
        }
        if text.chars().count() > model::LONGEST_TEXT {
            return Err(invalid("text_too_long", "This text is too long.").field("text"));
        }
        if self.upload_ids.len() > model::MOST_FILES {
            let sentence = format!("At most {} files can be attached.", model::MOST_FILES);
            return Err(invalid("uploads_too_many", sentence).field("upload_ids"));
        }
        Ok(Said { client_id: model::checked_client_id(&self.client_id)?, text, ..self })
    }
}

pub fn write(cx: &mut Cx, guest: &Guest, said: &Said) -> Result<Written> {
    let mut visitor = welcome(cx, guest, &said.told)?;
    if let Some(line) = find_by_client(cx, visitor.id, &said.client_id)? {
        return Ok(Written::Kept { visitor: visitor.id, message: line.message_id, repeated: true });
    }
    let form = &guest.widget.settings.form;
    form.must_be_filled(&visitor.fields(), &visitor.name, visitor.email.as_deref())?;
    let signed = conversation(cx, guest, &visitor, said)?;
    let received = cx.as_system(|cx| cx.call::<Receive>(&inbound(guest, &visitor, said, signed)))?;
    if received.blocked {
        return Ok(Written::Blocked);
    }
    tie(cx, &visitor, said, received.message_id)?;
    let conversation = received.conversation_id;
    put_line(cx, visitor.id, received.message_id, conversation, Some(&said.client_id))?;
    visitor.conversation_id = Some(conversation);
    visitor.trail = json!(trail(cx, guest, &visitor, said));
    set_visitor(cx, &visitor)?;
    let note = Note::new(events::LINE_WRITTEN, "conversation", conversation.0);
    cx.record(note.with("message", received.message_id).with("visitor", visitor.id))?;
    ringing::ring_for(cx, guest, &visitor, conversation)?;
    look_later(cx, &visitor)?;
    Ok(Written::Kept { visitor: visitor.id, message: received.message_id, repeated: false })
}

/// The conversation that the message joins; `None` opens one.
fn conversation(
    cx: &mut Cx,
    guest: &Guest,
    visitor: &Visitor,
    said: &Said,
) -> Result<Option<ConversationId>> {
    let Some(who) = &guest.bearer.proven else {
        if said.conversation_id.is_some() {
            return Err(forbidden("verified_only", "Only a visitor who is signed in can do this."));
        }
        return joinable(cx, visitor);
    };
    let customer = proven_customer(cx, who)?;
    let Some(named) = said.conversation_id else { return joinable(cx, visitor) };
    let own = find_conversation(cx, &Scope::Customer { id: customer.0 }, named)?;
    own.map(|c| Some(c.id)).ok_or_else(|| not_found("conversation_not_found"))
}

/// A session goes on in its conversation, until that is closed or its chat has been over for a day.
fn joinable(cx: &mut Cx, visitor: &Visitor) -> Result<Option<ConversationId>> {
    let Some(id) = visitor.conversation_id else { return Ok(None) };
    let Some(c) = find_any(cx, id)? else { return Ok(None) };
    let since = cx.now().plus_seconds(-model::SAME_CONVERSATION_SECONDS);
    let chat = find_chat_of_visitor(cx, visitor.id)?;
    let over = chat.is_some_and(|chat| {
        chat.state == ChatState::Ended && chat.ended_at.is_some_and(|ended| ended < since)
    });
    let open = c.status != Status::Closed && !matches!(c.shelf, Shelf::Bin | Shelf::Spam);
    Ok((open && !over).then_some(id))
}

fn inbound(guest: &Guest, visitor: &Visitor, said: &Said, signed: Option<ConversationId>) -> Inbound {
    let receipt = format!("chat\n{}\n{}", visitor.id, said.client_id);
    let first = said.text.lines().next().unwrap_or_default();
    Inbound {
        channel: model::NAME.to_owned(),
        account: model::account(guest.widget.id),
        source_id: None,
        receipt: base::secrets::sha256(receipt.as_bytes()).to_vec(),
        sent_at: None,
        identity_kind: IdentityKind::Chat,
        from: Party { name: visitor.name.clone(), address: visitor.address.clone() },
        // Whoever only holds a token is somebody, but nobody knows who.
        verified: guest.bearer.proven.is_some(),
        to: Vec::new(),
        cc: Vec::new(),
        subject: base::text::cut(first, 80).to_owned(),
        html: markup::text_to_html(&said.text),
        text: said.text.clone(),
        quoted: None,
        attachments: Vec::new(),
        references: Vec::new(),
        signed: signed.map(|id| id.0),
        automatic: false,
        raw_id: None,
        brand: guest.widget.settings.brand_id,
        team: guest.widget.settings.team_id,
        marks: Vec::new(),
        lists: Vec::new(),
        released: false,
    }
}

/// By what a visitor's files are known until they are sent.
pub fn uploader(address: &str) -> String {
    format!("visitor:{address}")
}

fn tie(cx: &mut Cx, visitor: &Visitor, said: &Said, message: MessageId) -> Result<()> {
    for id in &said.upload_ids {
        if !set_message(cx, *id, &uploader(&visitor.address), message)? {
            let sentence = "An attached file is not there. Attach it again.";
            return Err(invalid("upload_unknown", sentence).field("upload_ids"));
        }
    }
    Ok(())
}

/// The pages that the visitor tells of, before those that are known.
fn trail(cx: &Cx, guest: &Guest, visitor: &Visitor, said: &Said) -> Vec<Visit> {
    let settings = &guest.widget.settings;
    if !settings.trail {
        return Vec::new();
    }
    let mut all: Vec<Visit> = said.trail.iter().take(model::MOST_PAGES).cloned().collect();
    if let Some(page) = said.page.as_ref().and_then(|page| checked_page(page, true)) {
        all.push(Visit { url: page.url, title: page.title, at: cx.now() });
    }
    all.extend(visitor.trail());
    checked_trail(all, settings.keep_query, cx.now())
}
