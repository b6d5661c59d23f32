//! The rows of a merge on their way, some at a time, so that no transaction grows with a customer's past.

use base::Result;
use journal::Cx;

use crate::model::CustomerId;
use crate::sockets::Belongings;
use crate::store as rows;
use crate::uniting::{Merge, MergeState};

/// Each row is written twice: itself, and the record of its move.
pub(crate) const CHUNK: i64 = 100;

/// Carries over at most `most` rows. Answers whether nothing is left.
pub(crate) fn carry_some(cx: &mut Cx<'_, '_>, merge: &Merge, most: i64) -> Result<bool> {
    let mut left = most;
    for belonging in belongings(cx).all() {
        if left > 0 {
            let ids = belonging.carry(cx, merge.customer, merge.into, left)?;
            left -= i64::try_from(ids.len()).unwrap_or(left);
            rows::insert_moves(cx, merge.id, belonging.kind(), &ids)?;
        }
    }
    if left > 0 {
        rows::set_merge_state(cx, merge.id, MergeState::Done)?;
    }
    Ok(left > 0)
}

/// Brings back at most `most` rows. Answers whether nothing is left.
pub(crate) fn return_some(cx: &mut Cx<'_, '_>, merge: &Merge, most: i64) -> Result<bool> {
    let moved = rows::list_moves(cx, merge.id, most)?;
    let belongings = belongings(cx);
    for of_one_kind in moved.chunk_by(|one, next| one.kind == next.kind) {
        let kind = &of_one_kind[0].kind;
        let ids: Vec<i64> = of_one_kind.iter().map(|moved| moved.row).collect();
        if let Some(belonging) = belongings.of(kind) {
            belonging.bring_back(cx, &ids, merge.into, merge.customer)?;
        }
        rows::delete_moves(cx, merge.id, kind, &ids)?;
    }
    let nothing_left = i64::try_from(moved.len()).unwrap_or(most) < most;
    if nothing_left {
        rows::set_merge_state(cx, merge.id, MergeState::Undone)?;
    }
    Ok(nothing_left)
}

/// This customer, and those whose rows are still on their way here.
pub fn with_moving(cx: &mut Cx<'_, '_>, id: CustomerId) -> Result<Vec<CustomerId>> {
    let mut all = vec![id];
    all.extend(rows::list_moving_into(cx, id)?);
    Ok(all)
}

fn belongings(cx: &Cx<'_, '_>) -> Belongings {
    cx.registry().socket::<Belongings>().cloned().unwrap_or_default()
}
