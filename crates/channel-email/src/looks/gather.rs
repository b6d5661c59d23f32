//! What a message goes out in, looked up and kept.

use base::Result;
use conversations::model::MessageId;
use journal::{Cx, settings};
use people::{AgentId, BrandId, Profile};

use super::dress::Dress;
use super::facts::Facts;
use super::look::{Draft, LookId};
use super::store::{self, Kept};
use crate::links::make::{Linked, links, links_anew};
use crate::model::Mailbox;

/// The conversation that a sample is about.
const SAMPLE_NUMBER: i64 = 4_711;

/// The brand that a mailbox writes for.
pub fn brand_of(cx: &mut Cx, mailbox: &Mailbox) -> Result<BrandId> {
    match mailbox.brand_id {
        Some(brand) => Ok(brand),
        None => people::brand_default(cx),
    }
}

/// What is known of a mail. Nobody writes what the house says by itself.
pub fn facts(
    cx: &mut Cx,
    mailbox: &Mailbox,
    brand: BrandId,
    agent: Option<AgentId>,
    number: Option<i64>,
) -> Result<Facts> {
    let mut facts = Facts::default();
    let mut put = |name: &str, value: String| _ = facts.0.insert(name.to_owned(), value);
    put("mailbox.address", mailbox.address.clone());
    if let Some(number) = number {
        put("conversation.number", number.to_string());
    }
    if let Some(brand) = people::brands(cx)?.into_iter().find(|each| each.id == brand) {
        put("brand.name", brand.name);
    }
    if let Some(agent) = agent {
        let name = people::agent(cx, agent)?.name;
        put("agent.first_name", name.split_whitespace().next().unwrap_or_default().to_owned());
        put("agent.name", name);
    }
    Ok(facts)
}

/// What a mail that was written now would go out in.
pub fn present(cx: &mut Cx, mailbox: &Mailbox, agent: Option<AgentId>, number: Option<i64>) -> Result<Dress> {
    let brand = brand_of(cx, mailbox)?;
    let look = store::find_look(cx, brand)?;
    Ok(Dress { look, own: own(cx, agent)?, facts: facts(cx, mailbox, brand, agent, number)? })
}

/// What a mail of a brand goes out in with a look that is not kept.
pub fn tried(
    cx: &mut Cx,
    mailbox: &Mailbox,
    brand: BrandId,
    look: &Draft,
    agent: Option<AgentId>,
) -> Result<Dress> {
    let facts = facts(cx, mailbox, brand, agent, Some(SAMPLE_NUMBER))?;
    Ok(Dress { look: Some(look.look(LookId(0), brand, 0)), own: own(cx, agent)?, facts })
}

fn own(cx: &mut Cx, agent: Option<AgentId>) -> Result<Option<String>> {
    let Some(agent) = agent else { return Ok(None) };
    Ok(store::find_signature(cx, agent)?.map(|one| one.html).filter(|html| !html.is_empty()))
}

/// What a message has gone out in, and which of its files as links; `None` before its first try.
pub fn kept(cx: &mut Cx, message: MessageId) -> Result<Option<(Dress, Vec<Linked>)>> {
    let Some(kept) = store::find_kept(cx, message)? else { return Ok(None) };
    let look = kept.look_id.map(|id| store::get_look(cx, id)).transpose()?;
    let dress = Dress { look, own: kept.signature, facts: serde_json::from_value(kept.facts)? };
    Ok(Some((dress, links(cx, message, "", false)?)))
}

/// What a message goes out in and which of its files go as links: fixed by its first try, however often it is sent.
/// Only how long the links lead somewhere is seen to anew.
pub fn keep(
    cx: &mut Cx,
    message: MessageId,
    mailbox: &Mailbox,
    agent: Option<AgentId>,
    number: i64,
) -> Result<(Dress, Vec<Linked>)> {
    if let Some((dress, _)) = kept(cx, message)? {
        return Ok((dress, links_anew(cx, message)?));
    }
    let dress = present(cx, mailbox, agent, Some(number))?;
    let language = match &dress.look {
        Some(look) => look.language.clone(),
        None => settings::get::<Profile>(cx)?.locale,
    };
    let kept = Kept {
        message_id: message,
        look_id: dress.look.as_ref().map(|look| look.id),
        signature: dress.own.clone(),
        facts: serde_json::to_value(&dress.facts)?,
    };
    store::insert_kept(cx, &kept)?;
    let links = links(cx, message, &language, true)?;
    Ok((dress, links))
}
