//! What a visitor writes while nobody is there: a conversation by mail, whose sender is a claim.

use base::Result;
use conversations::actions::receive::Receive;
use conversations::channel::{Inbound, channels};
use conversations::model::Party;
use customers::IdentityKind;
use journal::Cx;

use super::arrive::tie;
use super::visitor::{Guest, find};
use super::write::write;
use crate::model::{Said, checked_email, cleaned_name};

/// Where mail can't be sent at all it is kept as a chat, so that nothing is lost.
pub fn offline(cx: &mut Cx, guest: &Guest, said: &Said) -> Result<()> {
    find(cx, guest)?;
    let email = said.told.email.as_deref().unwrap_or_default();
    let email = checked_email(email)?;
    let Some(own) = mailbox(cx, guest)? else { return write(cx, guest, said).map(drop) };
    let inbound = inbound(guest, said, &email, &own);
    let received = cx.as_system(|cx| cx.call::<Receive>(&inbound))?;
    if received.blocked || received.repeated {
        return Ok(());
    }
    tie(cx, &guest.bearer.address, &said.upload_ids, received.message_id)
}

/// Our own address that the answer will come from.
fn mailbox(cx: &mut Cx, guest: &Guest) -> Result<Option<Party>> {
    match channels(&cx.registry()).get("email") {
        Ok(mail) => mail.sender(cx, None, guest.widget.settings.brand_id),
        Err(_) => Ok(None),
    }
}

fn inbound(guest: &Guest, said: &Said, email: &str, own: &Party) -> Inbound {
    let receipt = format!("chat-offline\n{}\n{}", guest.bearer.address, said.client_id);
    let first = said.text.lines().next().unwrap_or_default();
    let proven = guest.bearer.proven.as_ref().and_then(|who| who.email.as_deref());
    let mut text = said.text.clone();
    for (name, value) in crate::model::checked_fields(&guest.widget.settings.form, &said.told.fields) {
        text.push_str(&format!("\n\n{name}: {value}"));
    }
    Inbound {
        channel: "email".to_owned(),
        account: own.address.clone(),
        source_id: None,
        receipt: base::secrets::sha256(receipt.as_bytes()).to_vec(),
        sent_at: None,
        identity_kind: IdentityKind::Email,
        from: Party {
            name: cleaned_name(said.told.name.as_deref().unwrap_or_default()),
            address: email.to_owned(),
        },
        // Anybody can type any address.
        verified: proven.is_some_and(|proven| base::text::fold(proven) == base::text::fold(email)),
        to: Vec::new(),
        cc: Vec::new(),
        subject: base::text::cut(first, 80).to_owned(),
        html: markup::text_to_html(&text),
        text,
        quoted: None,
        attachments: Vec::new(),
        references: Vec::new(),
        signed: None,
        automatic: false,
        raw_id: None,
        brand: guest.widget.settings.brand_id,
        team: guest.widget.settings.team_id,
        marks: vec!["offline_form".to_owned()],
        lists: Vec::new(),
        released: false,
        hints: Default::default(),
        arrival: Default::default(),
    }
}
