//! Rows of customers.

use ::store::{p, row};
use base::error::{conflict, not_found};
use base::{Result, Time};
use journal::Cx;
use serde_json::Value;

use crate::model::{CustomerId, Details, IdentityKind, MergedName};

row! {
    #[derive(Clone, Debug)]
    pub(crate) struct CustomerRow {
        pub id: CustomerId, pub name: String, pub version: i64, pub language: Option<String>,
        pub time_zone: Option<String>, pub preferred_channel: Option<String>, pub note: String, pub tags: Value,
        pub attributes: Value, pub created_at: Time, pub merged_into: Option<CustomerId>,
    }
}

const COLUMNS: &str =
    "id, name, version, language, time_zone, preferred_channel, note, tags, attributes, created_at,
     merged_into";

pub(crate) fn insert_customer(cx: &mut Cx, details: &Details) -> Result<CustomerId> {
    let (id, now) = (cx.new_id::<CustomerId>(), cx.now());
    cx.exec(
        "INSERT INTO customers (id, name, version, language, time_zone, preferred_channel, note, tags, attributes,
             created_at) VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9)",
        p![
            id,
            details.name,
            details.language,
            details.time_zone,
            details.preferred_channel,
            details.note,
            serde_json::to_value(&details.tags)?,
            serde_json::to_value(&details.attributes)?,
            now
        ],
    )?;
    Ok(id)
}

pub(crate) fn get_customer(cx: &mut Cx, id: CustomerId) -> Result<CustomerRow> {
    let row = cx.opt(format!("SELECT {COLUMNS} FROM customers WHERE id = $1"), p![id])?;
    row.ok_or_else(|| not_found("customer_not_found"))
}

/// Holds the row until the transaction ends, so that what was read stays true. Whoever was merged into
/// somebody else is changed there.
pub(crate) fn lock_customer(cx: &mut Cx, id: CustomerId) -> Result<()> {
    match lock_any(cx, id)? {
        None => Ok(()),
        Some(_) => Err(conflict("customer_merged", "This customer was merged into another one.")),
    }
}

/// As [`lock_customer`], also for one that was merged: answers into whom.
pub(crate) fn lock_any(cx: &mut Cx, id: CustomerId) -> Result<Option<CustomerId>> {
    let sql = format!("SELECT id, merged_into FROM customers WHERE id = $1{}", cx.lock_suffix());
    let row: Option<(CustomerId, Option<CustomerId>)> = cx.opt(sql, p![id])?;
    row.map(|(_, into)| into).ok_or_else(|| not_found("customer_not_found"))
}

pub(crate) fn set_merged_into(cx: &mut Cx, id: CustomerId, into: Option<CustomerId>) -> Result<()> {
    let sql = "UPDATE customers SET merged_into = $2, version = version + 1 WHERE id = $1";
    cx.exec(sql, p![id, into]).map(drop)
}

/// Without a lock; `None` also for an id that nobody has.
pub(crate) fn find_merged_into(cx: &mut Cx, id: CustomerId) -> Result<Option<CustomerId>> {
    let row: Option<(Option<CustomerId>,)> =
        cx.opt("SELECT merged_into FROM customers WHERE id = $1", p![id])?;
    Ok(row.and_then(|(into,)| into))
}

/// Those who were merged into a customer, the newest first.
pub(crate) fn list_merged(cx: &mut Cx, into: CustomerId) -> Result<Vec<MergedName>> {
    let rows: Vec<(CustomerId, String)> =
        cx.all("SELECT id, name FROM customers WHERE merged_into = $1 ORDER BY id DESC LIMIT 20", p![into])?;
    Ok(rows.into_iter().map(|(id, name)| MergedName { id, name }).collect())
}

/// Newest first.
pub(crate) fn list_customers(cx: &mut Cx, before: CustomerId, most: i64) -> Result<Vec<CustomerId>> {
    let sql = "SELECT id FROM customers WHERE id < $1 AND merged_into IS NULL ORDER BY id DESC LIMIT $2";
    let rows: Vec<(CustomerId,)> = cx.all(sql, p![before, most])?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

pub(crate) fn set_customer(cx: &mut Cx, id: CustomerId, details: &Details) -> Result<()> {
    cx.exec(
        "UPDATE customers SET name = $2, language = $3, time_zone = $4, preferred_channel = $5, note = $6,
             tags = $7, attributes = $8, version = version + 1 WHERE id = $1",
        p![
            id,
            details.name,
            details.language,
            details.time_zone,
            details.preferred_channel,
            details.note,
            serde_json::to_value(&details.tags)?,
            serde_json::to_value(&details.attributes)?
        ],
    )
    .map(drop)
}

pub(crate) fn set_tags(cx: &mut Cx, id: CustomerId, tags: &[String]) -> Result<()> {
    let tags = serde_json::to_value(tags)?;
    cx.exec("UPDATE customers SET tags = $2, version = version + 1 WHERE id = $1", p![id, tags]).map(drop)
}

/// Something that belongs to the customer has changed.
pub(crate) fn set_touched(cx: &mut Cx, id: CustomerId) -> Result<()> {
    cx.exec("UPDATE customers SET version = version + 1 WHERE id = $1", p![id]).map(drop)
}

row! {
    #[derive(Clone, Debug)]
    pub(crate) struct SummaryRow {
        pub id: CustomerId, pub name: String, pub kind: Option<IdentityKind>, pub value: Option<String>,
        pub verified: Option<bool>,
    }
}

/// Customers with their primary identities, a row for each kind; one that was merged is called as the one
/// that was kept.
pub(crate) fn list_summaries(cx: &mut Cx, ids: &[CustomerId]) -> Result<Vec<SummaryRow>> {
    let ids = serde_json::to_value(ids)?;
    cx.all(
        (
            "SELECT c.id, k.name, i.kind, i.value, i.verified FROM customers c
               JOIN customers k ON k.id = COALESCE(c.merged_into, c.id)
               LEFT JOIN customer_identities i ON i.customer_id = k.id AND i.main
             WHERE c.id IN (SELECT value FROM json_each($1)) ORDER BY c.id, i.id",
            "SELECT c.id, k.name, i.kind, i.value, i.verified FROM customers c
               JOIN customers k ON k.id = COALESCE(c.merged_into, c.id)
               LEFT JOIN customer_identities i ON i.customer_id = k.id AND i.main
             WHERE c.id IN (SELECT CAST(value AS BIGINT) FROM jsonb_array_elements_text($1))
             ORDER BY c.id, i.id",
        ),
        p![ids],
    )
}

row! {
    #[derive(Clone, Debug)]
    pub(crate) struct WordsRow {
        pub id: CustomerId, pub name: String, pub note: String, pub created_at: Time,
    }
}

/// What customers are found by, of their own row; one that was merged is not found.
pub(crate) fn list_words(cx: &mut Cx, ids: &[i64]) -> Result<Vec<WordsRow>> {
    let among = cx.among("id", 1);
    let sql =
        format!("SELECT id, name, note, created_at FROM customers WHERE merged_into IS NULL AND {among}");
    cx.all(sql, p![serde_json::to_value(ids)?])
}

/// All customers, page by page in the order of their ids.
pub(crate) fn list_ids_after(cx: &mut Cx, after: i64, limit: i64) -> Result<Vec<i64>> {
    let rows: Vec<(i64,)> =
        cx.all("SELECT id FROM customers WHERE id > $1 ORDER BY id LIMIT $2", p![after, limit])?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
