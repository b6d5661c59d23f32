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
) -> Result<()> {
    let id = cx.new_id::<TimelineId>();
    cx.exec(
        "INSERT INTO timeline_entries (id, customer_id, at, kind, title, link) VALUES ($1, $2, $3, $4, $5, $6)",
        p![id, customer, at, kind, title, link],
    )
    .map(drop)
}

row! {
    struct TimelineRow { id: TimelineId, at: Time, kind: String, title: String, link: Value }
}

/// Newest first, below a place in the line.
pub(crate) fn list_timeline(
    cx: &mut Cx,
    customer: CustomerId,
    before: (Time, TimelineId),
    most: i64,
) -> Result<Vec<TimelineEntry>> {
    let rows: Vec<TimelineRow> = cx.all(
        "SELECT id, at, kind, title, link FROM timeline_entries
         WHERE customer_id = $1 AND (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT $4",
        p![customer, before.0, before.1, most],
    )?;
    let entry =
        |r: TimelineRow| TimelineEntry { id: r.id, at: r.at, kind: r.kind, title: r.title, link: r.link };
    Ok(rows.into_iter().map(entry).collect())
}
