//! What others read of customers, always within the caller's scope.

use std::collections::BTreeMap;

use base::error::{internal, not_found};
use base::{Ask, Page, Result, Time};
use journal::Cx;
use people::Scope;
use serde_json::Value;

use crate::model::{
    Block, BlockId, Company, CompanyId, Customer, CustomerId, Identity, IdentityKind, Summary, TimelineEntry,
    TimelineId,
};
use crate::moving::with_moving;
use crate::store as rows;

/// Every agent may look every customer up: who has just called is no secret among colleagues, what
/// was said is (see the scope of conversations). A customer sees itself.
pub fn visible(scope: &Scope, customer: CustomerId) -> bool {
    match scope {
        Scope::All | Scope::Teams { .. } | Scope::Brands { .. } | Scope::Own { .. } => true,
        Scope::Customer { id } => *id == customer.0,
        Scope::None => false,
    }
}

fn must_see(scope: &Scope, customer: CustomerId) -> Result<()> {
    visible(scope, customer).then_some(()).ok_or_else(|| not_found("customer_not_found"))
}

/// Whether the caller looks at customers in general, not at one.
fn is_staff(scope: &Scope) -> bool {
    !matches!(scope, Scope::Customer { .. } | Scope::None)
}

pub fn customer(cx: &mut Cx<'_, '_>, scope: &Scope, id: CustomerId) -> Result<Customer> {
    let id = resolve(cx, id)?;
    must_see(scope, id)?;
    whole(cx, id)
}

/// A chain of merges is short, but never trusted.
const LONGEST_CHAIN: usize = 20;

/// Who somebody is by now, after merges; an id that nobody has stays as it is.
pub fn resolve(cx: &mut Cx<'_, '_>, id: CustomerId) -> Result<CustomerId> {
    let mut id = id;
    for _ in 0..LONGEST_CHAIN {
        match rows::find_merged_into(cx, id)? {
            Some(into) => id = into,
            None => break,
        }
    }
    Ok(id)
}

pub(crate) fn whole(cx: &mut Cx<'_, '_>, id: CustomerId) -> Result<Customer> {
    let row = rows::get_customer(cx, id)?;
    let identities = rows::list_identities(cx, id)?;
    let Value::Object(attributes) = row.attributes else {
        return Err(internal("attributes are not an object"));
    };
    Ok(Customer {
        id,
        name: row.name,
        version: row.version,
        language: row.language,
        time_zone: row.time_zone,
        preferred_channel: row.preferred_channel,
        note: row.note,
        tags: serde_json::from_value(row.tags)?,
        attributes,
        identities: identities.into_iter().map(rows::IdentityRow::identity).collect(),
        companies: rows::list_companies_of(cx, id)?,
        merged: rows::list_merged(cx, id)?,
        created_at: row.created_at,
    })
}

pub fn identities(cx: &mut Cx<'_, '_>, scope: &Scope, id: CustomerId) -> Result<Vec<Identity>> {
    let id = resolve(cx, id)?;
    must_see(scope, id)?;
    Ok(rows::list_identities(cx, id)?.into_iter().map(rows::IdentityRow::identity).collect())
}

/// For rows that show their customer: whoever may see the row may see this much. The order is that of
/// the ids; unknown ones are left out.
pub fn summaries(cx: &mut Cx<'_, '_>, ids: &[CustomerId]) -> Result<Vec<Summary>> {
    let mut found: BTreeMap<CustomerId, (Summary, bool)> = BTreeMap::new();
    for row in rows::list_summaries(cx, ids)? {
        let fresh = Summary { id: row.id, name: row.name, address: None, verified: false };
        let (summary, is_mail) = found.entry(row.id).or_insert((fresh, false));
        let mail = row.kind == Some(IdentityKind::Email);
        if row.value.is_some() && (summary.address.is_none() || (mail && !*is_mail)) {
            summary.address = row.value;
            summary.verified = row.verified.unwrap_or(false);
            *is_mail = mail;
        }
    }
    Ok(found.into_values().map(|(summary, _)| summary).collect())
}

/// All customers, newest first.
pub fn customers(cx: &mut Cx<'_, '_>, scope: &Scope, ask: &Ask) -> Result<Page<Summary>> {
    const LIST: &str = "customers";
    if !is_staff(scope) {
        return Ok(Page { items: Vec::new(), next: None });
    }
    let before = ask.after::<CustomerId>(LIST)?.unwrap_or(CustomerId(i64::MAX));
    let ids = rows::list_customers(cx, before, ask.fetch())?;
    let page = ask.page(LIST, ids, |id| *id);
    let mut items = summaries(cx, &page.items)?;
    items.reverse();
    Ok(Page { items, next: page.next })
}

/// Customers by what they are called, newest first; the one who has exactly this address before all.
pub fn look_up(cx: &mut Cx<'_, '_>, scope: &Scope, text: &str, ask: &Ask) -> Result<Page<Summary>> {
    const LIST: &str = "customers by words";
    if !is_staff(scope) {
        return Ok(Page { items: Vec::new(), next: None });
    }
    let before = ask.after::<i64>(LIST)?;
    let most = usize::try_from(ask.fetch()).unwrap_or(1);
    let query = search::Query { text: text.to_owned(), kind: Some(crate::searchable::KIND), before, most };
    let found = search::find(cx, &query, |_, hits| Ok(vec![true; hits.len()]))?;
    let page = ask.page(LIST, found.hits, |hit| hit.id);
    let mut ids: Vec<CustomerId> = page.items.iter().map(|hit| CustomerId(hit.id)).collect();
    let exact = exact(cx, text)?;
    ids.retain(|id| !exact.contains(id));
    if before.is_none() {
        ids.splice(0..0, exact);
    }
    let mut named: BTreeMap<CustomerId, Summary> =
        summaries(cx, &ids)?.into_iter().map(|summary| (summary.id, summary)).collect();
    let items = ids.iter().filter_map(|id| named.remove(id)).collect();
    Ok(Page { items, next: page.next })
}

/// Found through the addresses themselves, so at once and not after the next indexing.
fn exact(cx: &mut Cx<'_, '_>, text: &str) -> Result<Vec<CustomerId>> {
    let mut found = Vec::new();
    for kind in [IdentityKind::Email, IdentityKind::Phone, IdentityKind::External] {
        if let Ok(Some(known)) = crate::recognition::find_by(cx, kind, text)
            && !found.contains(&known.customer)
        {
            found.push(known.customer);
        }
    }
    Ok(found)
}

pub fn timeline(
    cx: &mut Cx<'_, '_>,
    scope: &Scope,
    id: CustomerId,
    ask: &Ask,
) -> Result<Page<TimelineEntry>> {
    let id = resolve(cx, id)?;
    must_see(scope, id)?;
    rows::get_customer(cx, id)?;
    let list = format!("timeline of {id}");
    let before = ask.after(&list)?.unwrap_or((Time(i64::MAX), TimelineId(i64::MAX)));
    let customers = with_moving(cx, id)?;
    let entries = rows::list_timeline(cx, &customers, before, ask.fetch())?;
    Ok(ask.page(&list, entries, |entry| (entry.at, entry.id)))
}

/// Adds a line to a customer's timeline. `title` is a code of the catalogue of messages.
pub fn put_timeline(
    cx: &mut Cx<'_, '_>,
    customer: CustomerId,
    at: Time,
    kind: &str,
    title: &str,
    link: Value,
) -> Result<TimelineId> {
    rows::insert_timeline(cx, customer, at, kind, title, &link)
}

/// Takes a line out again, when what it tells of was undone.
pub fn remove_timeline(cx: &mut Cx<'_, '_>, id: TimelineId) -> Result<()> {
    rows::delete_timeline(cx, id)
}

pub fn company(cx: &mut Cx<'_, '_>, scope: &Scope, id: CompanyId) -> Result<Company> {
    if !is_staff(scope) {
        return Err(not_found("company_not_found"));
    }
    whole_company(cx, id, false)
}

pub(crate) fn whole_company(cx: &mut Cx<'_, '_>, id: CompanyId, to_write: bool) -> Result<Company> {
    let row = rows::get_company(cx, id, to_write)?;
    let domains = rows::list_domains(cx, id)?;
    Ok(company_of(row, domains))
}

fn company_of(row: rows::CompanyRow, domains: Vec<String>) -> Company {
    let rows::CompanyRow { id, name, version, note, created_at } = row;
    Company { id, name, version, domains, note, created_at }
}

/// All companies, newest first.
pub fn companies(cx: &mut Cx<'_, '_>, scope: &Scope, ask: &Ask) -> Result<Page<Company>> {
    const LIST: &str = "companies";
    if !is_staff(scope) {
        return Ok(Page { items: Vec::new(), next: None });
    }
    let before = ask.after::<CompanyId>(LIST)?.unwrap_or(CompanyId(i64::MAX));
    let found = rows::list_companies(cx, before, ask.fetch())?;
    let ids: Vec<CompanyId> = found.iter().map(|row| row.id).collect();
    let mut domains: BTreeMap<CompanyId, Vec<String>> = BTreeMap::new();
    for (company, domain) in rows::list_domains_of(cx, &ids)? {
        domains.entry(company).or_default().push(domain);
    }
    let whole = |row: rows::CompanyRow| {
        let own = domains.remove(&row.id).unwrap_or_default();
        company_of(row, own)
    };
    Ok(ask.page(LIST, found, |row| row.id).map(whole))
}

/// Who is shut out, newest first.
pub fn blocks(cx: &mut Cx<'_, '_>, scope: &Scope, ask: &Ask) -> Result<Page<Block>> {
    const LIST: &str = "blocks";
    if !is_staff(scope) {
        return Ok(Page { items: Vec::new(), next: None });
    }
    let before = ask.after::<BlockId>(LIST)?.unwrap_or(BlockId(i64::MAX));
    let found = rows::list_blocks(cx, before, ask.fetch())?;
    Ok(ask.page(LIST, found, |block| block.id))
}
