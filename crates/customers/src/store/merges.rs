//! Rows of merges: which customers, and which of their rows went over.

use ::store::{p, row};
use base::Result;
use base::error::not_found;
use journal::Cx;
use serde_json::{Value, json};

use crate::model::CustomerId;
use crate::uniting::{Merge, MergeId, MergeState, Taken};

row! {
    struct MergeRow { id: MergeId, customer: CustomerId, into: CustomerId, state: MergeState, taken: Value }
}

pub(crate) fn insert_merge(
    cx: &mut Cx,
    customer: CustomerId,
    into: CustomerId,
    taken: Taken,
) -> Result<Merge> {
    let (id, now, state) = (cx.new_id::<MergeId>(), cx.now(), MergeState::Moving);
    cx.exec(
        "INSERT INTO customer_merges (id, customer_id, into_id, state, taken, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        p![id, customer, into, state, serde_json::to_value(&taken)?, now],
    )?;
    Ok(Merge { id, customer, into, state, taken })
}

/// Holds the row until the transaction ends: a merge and its undo never move rows at the same time.
pub(crate) fn get_merge(cx: &mut Cx, id: MergeId) -> Result<Merge> {
    let sql = format!(
        "SELECT id, customer_id, into_id, state, taken FROM customer_merges WHERE id = $1{}",
        cx.lock_suffix()
    );
    let row: Option<MergeRow> = cx.opt(sql, p![id])?;
    let row = row.ok_or_else(|| not_found("merge_not_found"))?;
    let taken = serde_json::from_value(row.taken)?;
    Ok(Merge { id, customer: row.customer, into: row.into, state: row.state, taken })
}

pub(crate) fn set_merge_state(cx: &mut Cx, id: MergeId, state: MergeState) -> Result<()> {
    cx.exec("UPDATE customer_merges SET state = $2 WHERE id = $1", p![id, state]).map(drop)
}

/// Those whose rows are still on their way to this customer.
pub(crate) fn list_moving_into(cx: &mut Cx, into: CustomerId) -> Result<Vec<CustomerId>> {
    let rows: Vec<(CustomerId,)> = cx.all(
        "SELECT customer_id FROM customer_merges WHERE into_id = $1 AND state = $2 ORDER BY id LIMIT 50",
        p![into, MergeState::Moving],
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

pub(crate) fn insert_moves(cx: &mut Cx, merge: MergeId, kind: &str, ids: &[i64]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    cx.exec(
        (
            "INSERT INTO customer_moves (merge_id, kind, row_id) SELECT $1, $2, value FROM json_each($3)",
            "INSERT INTO customer_moves (merge_id, kind, row_id)
             SELECT $1, $2, CAST(value AS BIGINT) FROM jsonb_array_elements_text($3)",
        ),
        p![merge, kind, json!(ids)],
    )
    .map(drop)
}

row! {
    #[derive(Clone, Debug)]
    pub(crate) struct Moved { pub kind: String, pub row: i64 }
}

pub(crate) fn list_moves(cx: &mut Cx, merge: MergeId, most: i64) -> Result<Vec<Moved>> {
    cx.all(
        "SELECT kind, row_id FROM customer_moves WHERE merge_id = $1 ORDER BY kind, row_id LIMIT $2",
        p![merge, most],
    )
}

pub(crate) fn list_moves_of(cx: &mut Cx, merge: MergeId, kind: &str) -> Result<Vec<i64>> {
    let rows: Vec<(i64,)> = cx.all(
        "SELECT row_id FROM customer_moves WHERE merge_id = $1 AND kind = $2 ORDER BY row_id LIMIT 500",
        p![merge, kind],
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

pub(crate) fn delete_moves(cx: &mut Cx, merge: MergeId, kind: &str, ids: &[i64]) -> Result<()> {
    let among = cx.among("row_id", 3);
    let sql = format!("DELETE FROM customer_moves WHERE merge_id = $1 AND kind = $2 AND {among}");
    cx.exec(sql, p![merge, kind, json!(ids)]).map(drop)
}
