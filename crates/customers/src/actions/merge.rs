//! Two customers turn out to be one: what belongs to the one goes to the other, and all the way back.

use base::Result;
use base::error::{conflict, invalid};
use journal::{Action, Cx, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions::identity;
use crate::events::{self, CHANGED, MERGED, SEPARATED};
use crate::jobs::Move;
use crate::model::{Customer, CustomerId, Details};
use crate::moving::{CHUNK, carry_some, return_some};
use crate::uniting::{Merge as Record, MergeId, MergeState, separate, unite};
use crate::{reading, store as rows};

pub struct Merge;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CustomerMergeInput)]
pub struct Input {
    /// Becomes a pointer.
    pub customer: CustomerId,
    /// Is kept.
    pub into: CustomerId,
}

/// What the kept customer gets at once; everything else moves on some rows at a time.
const IDENTITY: &str = "identity";
const WAS_MAIN: &str = "identity_main";
const MEMBER: &str = "member";
const NEW_MEMBER: &str = "member_added";
const MOST_IDENTITIES: usize = 2 * identity::MOST;

impl Action for Merge {
    const NAME: &'static str = "customer.merge";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Customer;

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<Customer> {
        if input.customer == input.into {
            return Err(invalid("merge_itself", "A customer can't be merged with itself.").field("into"));
        }
        // In the order of their ids, so that two merges never wait for each other.
        rows::lock_customer(cx, input.customer.min(input.into))?;
        rows::lock_customer(cx, input.customer.max(input.into))?;
        let (merged, kept) = (reading::whole(cx, input.customer)?, reading::whole(cx, input.into)?);
        let identities = merged.identities.len();
        if identities + kept.identities.len() > MOST_IDENTITIES {
            return Err(identity::too_many());
        }
        let (details, taken) = unite(&details_of(&kept), &details_of(&merged));
        rows::set_customer(cx, kept.id, &details)?;
        rows::set_merged_into(cx, merged.id, Some(kept.id))?;
        let record = rows::insert_merge(cx, merged.id, kept.id, taken)?;
        hand_over_identities(cx, &record, &kept)?;
        hand_over_companies(cx, &record, &merged, &kept)?;
        cx.record(events::about(MERGED, merged.id).with("into", kept.id))?;
        cx.record(events::about(CHANGED, kept.id).with("merged", merged.id))?;
        let room = CHUNK - i64::try_from(identities).unwrap_or(CHUNK);
        if !carry_some(cx, &record, room.max(1))? {
            cx.later(&Move { merge: record.id })?;
        }
        cx.undoable::<Separate>(&Back { merge: record.id })?;
        reading::whole(cx, kept.id)
    }
}

/// A primary address of the merged one stays primary only where the kept one has none of its kind.
fn hand_over_identities(cx: &mut Cx<'_, '_>, record: &Record, kept: &Customer) -> Result<()> {
    let (mut all, mut lost) = (Vec::new(), Vec::new());
    for row in rows::list_identities(cx, record.customer)? {
        let second = kept.identities.iter().any(|own| own.kind == row.kind && own.primary);
        rows::set_owner(cx, row.id, record.into, row.main && !second)?;
        all.push(row.id.0);
        if row.main && second {
            lost.push(row.id.0);
        }
    }
    rows::insert_moves(cx, record.id, IDENTITY, &all)?;
    rows::insert_moves(cx, record.id, WAS_MAIN, &lost)
}

fn hand_over_companies(
    cx: &mut Cx<'_, '_>,
    record: &Record,
    merged: &Customer,
    kept: &Customer,
) -> Result<()> {
    let (mut all, mut added) = (Vec::new(), Vec::new());
    for company in &merged.companies {
        rows::delete_member(cx, company.id, merged.id)?;
        all.push(company.id.0);
        if rows::insert_member(cx, company.id, kept.id)? {
            added.push(company.id.0);
        }
    }
    rows::insert_moves(cx, record.id, MEMBER, &all)?;
    rows::insert_moves(cx, record.id, NEW_MEMBER, &added)
}

pub struct Separate;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CustomerSeparateInput)]
pub struct Back {
    pub merge: MergeId,
}

impl Action for Separate {
    const NAME: &'static str = "customer.separate";
    const GRANT: &'static str = Merge::NAME;
    const RISK: Risk = Risk::Reversible;
    type Input = Back;
    type Output = Customer;

    fn run(cx: &mut Cx<'_, '_>, input: &Back) -> Result<Customer> {
        let record = rows::get_merge(cx, input.merge)?;
        let (merged, kept) = (record.customer, record.into);
        let first = rows::lock_any(cx, merged.min(kept))?;
        let second = rows::lock_any(cx, merged.max(kept))?;
        let (pointer, other) = if merged < kept { (first, second) } else { (second, first) };
        let stands = matches!(record.state, MergeState::Moving | MergeState::Done);
        if !stands || pointer != Some(kept) || other.is_some() {
            return Err(conflict("moved_on", "They were merged further meanwhile. Undo that first."));
        }
        rows::set_merged_into(cx, merged, None)?;
        let identities = give_back_identities(cx, &record)?;
        give_back_companies(cx, &record)?;
        let (whole, other) = (reading::whole(cx, merged)?, reading::whole(cx, kept)?);
        let own = separate(&details_of(&other), &details_of(&whole), &record.taken);
        rows::set_customer(cx, kept, &own)?;
        cx.record(events::about(SEPARATED, merged).with("from", kept))?;
        cx.record(events::about(CHANGED, kept).with("separated", merged))?;
        rows::set_merge_state(cx, record.id, MergeState::Returning)?;
        let room = CHUNK - i64::try_from(identities).unwrap_or(CHUNK);
        if !return_some(cx, &record, room.max(1))? {
            cx.later(&Move { merge: record.id })?;
        }
        reading::whole(cx, merged)
    }
}

/// Those that the kept customer still has; answers how many there were.
fn give_back_identities(cx: &mut Cx<'_, '_>, record: &Record) -> Result<usize> {
    let ids = rows::list_moves_of(cx, record.id, IDENTITY)?;
    let lost = rows::list_moves_of(cx, record.id, WAS_MAIN)?;
    for row in rows::list_identities(cx, record.into)? {
        if ids.contains(&row.id.0) {
            rows::set_owner(cx, row.id, record.customer, row.main || lost.contains(&row.id.0))?;
        }
    }
    rows::delete_moves(cx, record.id, IDENTITY, &ids)?;
    rows::delete_moves(cx, record.id, WAS_MAIN, &lost)?;
    one_main_each(cx, record.customer)?;
    one_main_each(cx, record.into)?;
    Ok(ids.len())
}

/// What agents made primary meanwhile may have left one of the two without a primary one, or with two.
fn one_main_each(cx: &mut Cx<'_, '_>, customer: CustomerId) -> Result<()> {
    let all = rows::list_identities(cx, customer)?;
    for (at, row) in all.iter().enumerate() {
        let kin = || all.iter().filter(|other| other.kind == row.kind);
        let is_first = !all[..at].iter().any(|other| other.kind == row.kind);
        if is_first && kin().filter(|other| other.main).count() != 1 {
            let main = kin().find(|other| other.main).unwrap_or(row);
            rows::set_main(cx, customer, row.kind, main.id)?;
        }
    }
    Ok(())
}

fn give_back_companies(cx: &mut Cx<'_, '_>, record: &Record) -> Result<()> {
    let (all, added) =
        (rows::list_moves_of(cx, record.id, MEMBER)?, rows::list_moves_of(cx, record.id, NEW_MEMBER)?);
    for company in &all {
        rows::insert_member(cx, crate::CompanyId(*company), record.customer)?;
    }
    for company in &added {
        rows::delete_member(cx, crate::CompanyId(*company), record.into)?;
    }
    rows::delete_moves(cx, record.id, MEMBER, &all)?;
    rows::delete_moves(cx, record.id, NEW_MEMBER, &added)
}

fn details_of(customer: &Customer) -> Details {
    let Customer { name, language, time_zone, preferred_channel, note, tags, attributes, .. } =
        customer.clone();
    Details { name, language, time_zone, preferred_channel, note, tags, attributes }
}
