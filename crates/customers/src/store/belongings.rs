//! What of this crate goes over with a merge, some rows at a time.

use ::store::p;
use base::Result;
use journal::Cx;
use serde_json::json;

use crate::model::CustomerId;
use crate::sockets::Belonging;

/// Lines of the timeline.
pub(crate) struct Timeline;

impl Belonging for Timeline {
    fn kind(&self) -> &'static str {
        "timeline"
    }

    fn carry(&self, cx: &mut Cx<'_, '_>, from: CustomerId, to: CustomerId, most: i64) -> Result<Vec<i64>> {
        let rows: Vec<(i64,)> = cx.all(
            "UPDATE timeline_entries SET customer_id = $2 WHERE id IN
                 (SELECT id FROM timeline_entries WHERE customer_id = $1 ORDER BY at, id LIMIT $3)
             RETURNING id",
            p![from, to, most],
        )?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    fn bring_back(&self, cx: &mut Cx<'_, '_>, ids: &[i64], from: CustomerId, to: CustomerId) -> Result<()> {
        let among = cx.among("id", 3);
        let sql = format!("UPDATE timeline_entries SET customer_id = $2 WHERE customer_id = $1 AND {among}");
        cx.exec(sql, p![from, to, json!(ids)]).map(drop)
    }
}

/// Customers who were merged earlier: they point to whoever is kept now.
pub(crate) struct Pointers;

impl Belonging for Pointers {
    fn kind(&self) -> &'static str {
        "pointer"
    }

    fn carry(&self, cx: &mut Cx<'_, '_>, from: CustomerId, to: CustomerId, most: i64) -> Result<Vec<i64>> {
        let rows: Vec<(i64,)> = cx.all(
            "UPDATE customers SET merged_into = $2 WHERE id IN
                 (SELECT id FROM customers WHERE merged_into = $1 ORDER BY id LIMIT $3)
             RETURNING id",
            p![from, to, most],
        )?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    fn bring_back(&self, cx: &mut Cx<'_, '_>, ids: &[i64], from: CustomerId, to: CustomerId) -> Result<()> {
        let among = cx.among("id", 3);
        let sql = format!("UPDATE customers SET merged_into = $2 WHERE merged_into = $1 AND {among}");
        cx.exec(sql, p![from, to, json!(ids)]).map(drop)
    }
}
