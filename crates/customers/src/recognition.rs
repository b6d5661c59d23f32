//! Who it is that has just arrived.

use base::Result;
use base::error::unavailable;
use journal::Cx;

use crate::events::{self, CREATED, IDENTITY_ADDED, IDENTITY_VERIFIED};
use crate::model::{Address, CustomerId, Details, IdentityKind, Recognised, checked_name, domain_of};
use crate::reachable::{address, named_address};
use crate::store as rows;

/// As many identities as agents may give a customer.
const MOST_CLAIMED: usize = 50;

/// Finds the customer of an identity, or makes one. `verified` says that the arrival proves the
/// identity; a claim never takes a proof away, and neither of them joins two customers.
pub fn recognise(
    cx: &mut Cx<'_, '_>,
    kind: IdentityKind,
    value: &str,
    name: Option<&str>,
    verified: bool,
) -> Result<Recognised> {
    let address = address(cx, kind, value)?;
    // A stranger's long name is no reason to lose what the stranger says.
    let name = checked_name(base::text::cut(name.unwrap_or_default(), 200), "name")?;
    let Some(known) = rows::find_identity(cx, &address)? else {
        return welcome(cx, &address, name, verified);
    };
    if verified && !known.verified {
        prove(cx, &known)?;
    }
    Ok(Recognised { customer: known.customer, identity: known.id, fresh: false })
}

/// As [`recognise`], but a stranger stays one.
pub fn find_by(cx: &mut Cx<'_, '_>, kind: IdentityKind, value: &str) -> Result<Option<Recognised>> {
    let address = address(cx, kind, value)?;
    let known = rows::find_identity(cx, &address)?;
    Ok(known.map(|known| Recognised { customer: known.customer, identity: known.id, fresh: false }))
}

/// Who it is that an agent names, by any number of identities: the first that is known decides, else
/// it is somebody new. What nobody has yet becomes a claim of that person; nobody is merged by it.
pub fn introduce(
    cx: &mut Cx<'_, '_>,
    name: Option<&str>,
    identities: &[(IdentityKind, &str)],
) -> Result<CustomerId> {
    let name = checked_name(base::text::cut(name.unwrap_or_default(), 200), "name")?;
    let (mut addresses, mut known) = (Vec::new(), None);
    for (kind, value) in identities {
        let address = named_address(cx, *kind, value)?;
        let found = rows::find_identity(cx, &address)?;
        known = known.or(found.as_ref().map(|row| row.customer));
        if found.is_none() {
            addresses.push(address);
        }
    }
    let customer = match known {
        Some(customer) => customer,
        None => {
            let customer = rows::insert_customer(cx, &Details { name, ..Details::default() })?;
            cx.record(events::about(CREATED, customer))?;
            customer
        }
    };
    for address in &addresses {
        claim(cx, customer, address)?;
    }
    Ok(customer)
}

/// Keeps what an agent says of a customer, as far as nobody has it.
pub fn add_claim(cx: &mut Cx<'_, '_>, customer: CustomerId, kind: IdentityKind, value: &str) -> Result<()> {
    let address = named_address(cx, kind, value)?;
    match rows::find_identity(cx, &address)? {
        Some(_) => Ok(()),
        None => claim(cx, customer, &address),
    }
}

fn claim(cx: &mut Cx<'_, '_>, customer: CustomerId, address: &Address) -> Result<()> {
    let all = rows::list_identities(cx, customer)?;
    if all.len() >= MOST_CLAIMED {
        return Ok(());
    }
    let first = !all.iter().any(|known| known.kind == address.kind);
    let added = rows::insert_identity(cx, customer, address, false, first)?;
    let id =
        added.ok_or_else(|| unavailable("database_contended", "Too many changes at once. Try again."))?;
    rows::set_touched(cx, customer)?;
    cx.record(events::about_identity(IDENTITY_ADDED, customer, id)).map(drop)
}

fn welcome(cx: &mut Cx<'_, '_>, address: &Address, name: String, verified: bool) -> Result<Recognised> {
    let customer = rows::insert_customer(cx, &Details { name, ..Details::default() })?;
    let Some(identity) = rows::insert_identity(cx, customer, address, verified, true)? else {
        return Err(unavailable("database_contended", "Too many changes at once. Try again."));
    };
    cx.record(events::about(CREATED, customer))?;
    if verified {
        join_by_domain(cx, customer, address.kind, &address.folded)?;
    }
    Ok(Recognised { customer, identity, fresh: true })
}

/// An identity is the customer's own from now on.
pub(crate) fn prove(cx: &mut Cx<'_, '_>, known: &rows::IdentityRow) -> Result<()> {
    rows::set_verified(cx, known.id, true)?;
    rows::set_touched(cx, known.customer)?;
    cx.record(events::about_identity(IDENTITY_VERIFIED, known.customer, known.id))?;
    join_by_domain(cx, known.customer, known.kind, &known.folded)
}

/// Whoever has proven an address of a company's domain belongs to the company. A claim does not:
/// members may one day see what others of the company wrote.
pub(crate) fn join_by_domain(
    cx: &mut Cx<'_, '_>,
    customer: CustomerId,
    kind: IdentityKind,
    folded: &str,
) -> Result<()> {
    let Some(domain) = domain_of(folded).filter(|_| kind == IdentityKind::Email) else { return Ok(()) };
    let Some(company) = rows::find_company_of(cx, domain)? else { return Ok(()) };
    if rows::insert_member(cx, company, customer)? {
        rows::set_touched(cx, customer)?;
        cx.record(events::about_member(events::MEMBER_ADDED, customer, company))?;
    }
    Ok(())
}
