//! A visitor's message enters the house as any other channel's does.

use base::Result;
use base::error::invalid;
use conversations::actions::receive::{Receive, Received};
use conversations::channel::Inbound;
use conversations::model::{AttachmentId, ConversationId, MessageId, Party};
use conversations::store::attachment::set_message;
use customers::IdentityKind;
use journal::Cx;

use super::visitor::Guest;
use crate::model::{self, Said};
use crate::store::visitors::Visitor;

/// `signed` is the conversation that it joins; `None` opens one.
pub fn arrive(
    cx: &mut Cx,
    guest: &Guest,
    visitor: &Visitor,
    said: &Said,
    signed: Option<ConversationId>,
) -> Result<Received> {
    let inbound = inbound(guest, visitor, said, signed);
    let received = cx.as_system(|cx| cx.call::<Receive>(&inbound))?;
    if !received.blocked {
        tie(cx, &visitor.address, &said.upload_ids, received.message_id)?;
    }
    Ok(received)
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
        hints: Default::default(),
        arrival: Default::default(),
    }
}

/// By what a visitor's files are known until they are sent.
pub fn uploader(address: &str) -> String {
    format!("visitor:{address}")
}

/// Ties the files that this visitor has sent before to the message that they belong to.
pub fn tie(cx: &mut Cx, address: &str, ids: &[AttachmentId], message: MessageId) -> Result<()> {
    for id in ids {
        if !set_message(cx, *id, &uploader(address), message)? {
            let sentence = "An attached file is not there. Attach it again.";
            return Err(invalid("upload_unknown", sentence).field("upload_ids"));
        }
    }
    Ok(())
}
