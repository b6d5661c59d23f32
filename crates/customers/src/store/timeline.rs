//! Rows of timelines.

use ::store::{p, row};
use base::{Result, Time};
use journal::Cx;
use serde_json::Value;

use crate::model::{CustomerId, TimelineEntry, TimelineId};

pub(crate) fn insert_timeline(
    cx: &mut Cx,
    customer: CustomerId,
    at: Time,
    kind: &str,
    title: &str,
    link: &Value,
) -> Result<TimelineId> {
    let id = cx.new_id::<TimelineId>();
    cx.exec(
        "INSERT INTO timeline_entries (id, customer_id, at, kind, title, link) VALUES ($1, $2, $3, $4, $5, $6)",
        p![id, customer, at, kind, title, link],
    )?;
    Ok(id)
}

pub(crate) fn delete_timeline(cx: &mut Cx, id: TimelineId) -> Result<()> {
    cx.exec("DELETE FROM timeline_entries WHERE id = $1", p![id]).map(drop)
}

row! {
    struct TimelineRow { id: TimelineId, at: Time, kind: String, title: String, link: Value }
}

/// Newest first, below a place in the line. Several customers are one whose rows are still on their way.
pub(crate) fn list_timeline(
    cx: &mut Cx,
    customers: &[CustomerId],
    before: (Time, TimelineId),
    most: i64,
) -> Result<Vec<TimelineEntry>> {
    let mut parts = vec![part("$1".to_owned())];
    parts.extend(customers.iter().skip(1).map(|id| part(id.to_string())));
    let sql = format!("{} ORDER BY at DESC, id DESC LIMIT $4", parts.join(" UNION ALL "));
    let first = customers.first().copied();
    let rows: Vec<TimelineRow> = cx.all(sql, p![first, before.0, before.1, most])?;
    let entry =
        |r: TimelineRow| TimelineEntry { id: r.id, at: r.at, kind: r.kind, title: r.title, link: r.link };
    Ok(rows.into_iter().map(entry).collect())
}

fn part(customer: String) -> String {
    format!(
        "SELECT * FROM (SELECT id, at, kind, title, link FROM timeline_entries
             WHERE customer_id = {customer} AND (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT $4) part"
    )
}
