//! A visitor writes: once, into the conversation of its session, and the desks ring.

use base::Result;
use journal::Cx;
use serde_json::json;

use super::arrive::arrive;
use super::mail::look_later;
use super::visitor::{Guest, trail, welcome};
use super::{place, ringing};
use crate::model::{Said, Written};
use crate::store::lines::{find_by_client, put_line};
use crate::store::visitors::set_visitor;

pub fn write(cx: &mut Cx, guest: &Guest, said: &Said) -> Result<Written> {
    let mut visitor = welcome(cx, guest, &said.told)?;
    if let Some(line) = find_by_client(cx, visitor.id, &said.client_id)? {
        return Ok(Written::Kept { visitor: visitor.id, message: line.message_id, repeated: true });
    }
    let form = &guest.widget.settings.form;
    form.must_be_filled(&visitor.fields(), &visitor.name, visitor.email.as_deref())?;
    let signed = place::conversation(cx, guest, &visitor, said)?;
    let received = arrive(cx, guest, &visitor, said, signed)?;
    if received.blocked {
        return Ok(Written::Blocked);
    }
    let conversation = received.conversation_id;
    put_line(cx, visitor.id, received.message_id, conversation, Some(&said.client_id))?;
    visitor.conversation_id = Some(conversation);
    visitor.trail = json!(trail(cx, guest, &visitor, said));
    set_visitor(cx, &visitor)?;
    ringing::ring_for(cx, guest, &visitor, conversation)?;
    look_later(cx, &visitor)?;
    Ok(Written::Kept { visitor: visitor.id, message: received.message_id, repeated: false })
}
