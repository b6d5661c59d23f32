//! Who writes: the visitor behind a token, kept from the first message on.

use std::sync::Arc;

use base::Kind;
use base::Result;
use base::error::{Error, forbidden, unauthenticated};
use conversations::model::MessageId;
use customers::actions::identity::{AddIdentity, Added};
use customers::{CustomerId, IdentityKind, NewIdentity};
use journal::Cx;
use serde_json::json;

use crate::model::{
    self, Proven, Said, Told, Visit, Widget, checked_email, checked_fields, checked_page, checked_trail,
    cleaned_name, subject_address,
};
use crate::store::bans::is_banned;
use crate::store::visitors::{Visitor, find_visitor_locked, insert_visitor, set_visitor};
use crate::token::Bearer;

/// A token's holder on a widget's page.
#[derive(Clone, Debug)]
pub struct Guest {
    pub widget: Arc<Widget>,
    pub bearer: Bearer,
    /// A hash of the network address.
    pub network: Vec<u8>,
    pub locale: Option<String>,
    pub browser: String,
}

pub fn banned() -> Error {
    forbidden("visitor_banned", "You can't write here any more.")
}

/// The visitor as stored, locked; `None` before the first message.
pub fn find(cx: &mut Cx, guest: &Guest) -> Result<Option<Visitor>> {
    let found = find_visitor_locked(cx, &guest.bearer.address)?;
    match found {
        // The thread has moved to somebody who was proven since: the old token opens nothing.
        Some(visitor) if visitor.merged_into.is_some() => Err(unauthenticated("visitor_unknown")),
        Some(visitor) if visitor.banned_at.is_some() => Err(banned()),
        _ if is_banned(cx, &guest.network)? => Err(banned()),
        found => Ok(found),
    }
}

/// Found or made, with what the form says.
pub fn welcome(cx: &mut Cx, guest: &Guest, told: &Told) -> Result<Visitor> {
    let found = find(cx, guest)?;
    let fresh = found.is_none();
    let mut visitor = match found {
        Some(visitor) => visitor,
        None => new(cx, guest),
    };
    apply(&mut visitor, guest, told)?;
    visitor.network.clone_from(&guest.network);
    visitor.seen_at = cx.now();
    match fresh {
        true => insert_visitor(cx, &visitor, guest.bearer.hash.as_deref())?,
        false => set_visitor(cx, &visitor)?,
    }
    Ok(visitor)
}

fn new(cx: &Cx, guest: &Guest) -> Visitor {
    let proven = guest.bearer.proven.as_ref();
    Visitor {
        id: cx.new_id(),
        widget_id: guest.widget.id,
        address: guest.bearer.address.clone(),
        subject: proven.map(|who| who.subject.clone()),
        name: String::new(),
        email: None,
        proven: false,
        fields: json!({}),
        locale: guest.locale.clone(),
        browser: guest.browser.clone(),
        trail: json!([]),
        last_line: 0,
        read_id: MessageId(0),
        conversation_id: None,
        network: guest.network.clone(),
        banned_at: None,
        merged_into: None,
        created_at: cx.now(),
        seen_at: cx.now(),
    }
}

/// What was signed counts before what is typed.
fn apply(visitor: &mut Visitor, guest: &Guest, told: &Told) -> Result<()> {
    let proven = guest.bearer.proven.as_ref();
    let typed = told.name.as_deref().map(cleaned_name).filter(|name| !name.is_empty());
    if let Some(name) = proven.and_then(|who| who.name.clone()).or(typed) {
        visitor.name = name;
    }
    if let Some(email) = proven.and_then(|who| who.email.clone()) {
        (visitor.email, visitor.proven) = (Some(email), true);
    } else if let Some(email) =
        told.email.as_deref().filter(|email| !email.trim().is_empty() && !visitor.proven)
    {
        visitor.email = Some(checked_email(email)?);
    }
    let mut fields = visitor.fields();
    fields.extend(checked_fields(&guest.widget.settings.form, &told.fields));
    visitor.fields = json!(fields);
    Ok(())
}

/// The customer whom a signed token names, made if there is none: first by the company's own key, then by a
/// signed address. Two customers are never joined here.
pub fn proven_customer(cx: &mut Cx, who: &Proven) -> Result<CustomerId> {
    let name = who.name.as_deref();
    let external = customers::find_by(cx, IdentityKind::External, &who.subject)?;
    let customer = match (external, &who.email) {
        (Some(known), _) => known.customer,
        (None, Some(email)) => match customers::find_by(cx, IdentityKind::Email, email)? {
            Some(known) if !has_key(cx, known.customer)? => known.customer,
            _ => customers::recognise(cx, IdentityKind::External, &who.subject, name, true)?.customer,
        },
        (None, None) => customers::recognise(cx, IdentityKind::External, &who.subject, name, true)?.customer,
    };
    own(cx, customer, IdentityKind::External, &who.subject)?;
    if let Some(email) = &who.email {
        own(cx, customer, IdentityKind::Email, email)?;
    }
    own(cx, customer, IdentityKind::Chat, &subject_address(&who.subject))?;
    Ok(customer)
}

fn has_key(cx: &mut Cx, customer: CustomerId) -> Result<bool> {
    let identities = customers::identities(cx, &people::Scope::All, customer)?;
    Ok(identities.iter().any(|identity| identity.kind == IdentityKind::External))
}

/// The identity is this customer's and proven, unless somebody else has it.
fn own(cx: &mut Cx, customer: CustomerId, kind: IdentityKind, value: &str) -> Result<()> {
    match customers::find_by(cx, kind, value)? {
        Some(known) if known.customer == customer => {
            customers::recognise(cx, kind, value, None, true).map(drop)
        }
        Some(_) => Ok(()),
        None => {
            let identity = NewIdentity { kind, value: value.to_owned(), verified: true, primary: false };
            let added = cx.as_system(|cx| cx.call::<AddIdentity>(&Added { customer, identity }));
            match added {
                // Somebody with very many addresses still gets an answer.
                Err(e) if e.kind == Kind::Invalid => Ok(()),
                other => other.map(drop),
            }
        }
    }
}

/// The pages that the visitor tells of, before those that are known.
pub fn trail(cx: &Cx, guest: &Guest, visitor: &Visitor, said: &Said) -> Vec<Visit> {
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
