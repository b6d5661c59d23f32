//! Rows of companies, their domains and their members.

use ::store::{p, row};
use base::error::not_found;
use base::{Result, Time};
use journal::Cx;
use serde_json::json;

use crate::model::{CompanyId, CompanyName, CustomerId};

row! {
    #[derive(Clone, Debug)]
    pub(crate) struct CompanyRow {
        pub id: CompanyId, pub name: String, pub version: i64, pub note: String, pub created_at: Time,
    }
}

pub(crate) fn insert_company(cx: &mut Cx, name: &str, note: &str) -> Result<CompanyId> {
    let (id, now) = (cx.new_id::<CompanyId>(), cx.now());
    cx.exec(
        "INSERT INTO companies (id, name, version, note, created_at) VALUES ($1, $2, 1, $3, $4)",
        p![id, name, note, now],
    )?;
    Ok(id)
}

/// Holds the row until the transaction ends, when it is read in order to be written.
pub(crate) fn get_company(cx: &mut Cx, id: CompanyId, to_write: bool) -> Result<CompanyRow> {
    let lock = if to_write { cx.lock_suffix() } else { "" };
    let sql = format!("SELECT id, name, version, note, created_at FROM companies WHERE id = $1{lock}");
    cx.opt(sql, p![id])?.ok_or_else(|| not_found("company_not_found"))
}

pub(crate) fn set_company(cx: &mut Cx, id: CompanyId, name: &str, note: &str) -> Result<()> {
    let sql = "UPDATE companies SET name = $2, note = $3, version = version + 1 WHERE id = $1";
    cx.exec(sql, p![id, name, note]).map(drop)
}

/// Newest first.
pub(crate) fn list_companies(cx: &mut Cx, before: CompanyId, most: i64) -> Result<Vec<CompanyRow>> {
    let sql =
        "SELECT id, name, version, note, created_at FROM companies WHERE id < $1 ORDER BY id DESC LIMIT $2";
    cx.all(sql, p![before, most])
}

/// The domains of several companies at once.
pub(crate) fn list_domains_of(cx: &mut Cx, companies: &[CompanyId]) -> Result<Vec<(CompanyId, String)>> {
    let among = cx.among("company_id", 1);
    let sql = format!("SELECT company_id, domain FROM company_domains WHERE {among} ORDER BY domain");
    cx.all(sql, p![json!(companies)])
}

pub(crate) fn list_domains(cx: &mut Cx, company: CompanyId) -> Result<Vec<String>> {
    let sql = "SELECT domain FROM company_domains WHERE company_id = $1 ORDER BY domain";
    let rows: Vec<(String,)> = cx.all(sql, p![company])?;
    Ok(rows.into_iter().map(|(domain,)| domain).collect())
}

pub(crate) fn find_company_of(cx: &mut Cx, domain: &str) -> Result<Option<CompanyId>> {
    let row: Option<(CompanyId,)> =
        cx.opt("SELECT company_id FROM company_domains WHERE domain = $1", p![domain])?;
    Ok(row.map(|(company,)| company))
}

pub(crate) fn delete_domains(cx: &mut Cx, company: CompanyId) -> Result<()> {
    cx.exec("DELETE FROM company_domains WHERE company_id = $1", p![company]).map(drop)
}

/// `false` when the domain belongs to another company.
pub(crate) fn insert_domain(cx: &mut Cx, company: CompanyId, domain: &str) -> Result<bool> {
    let sql =
        "INSERT INTO company_domains (domain, company_id) VALUES ($1, $2) ON CONFLICT (domain) DO NOTHING";
    Ok(cx.exec(sql, p![domain, company])? == 1)
}

/// `false` when the customer is a member already.
pub(crate) fn insert_member(cx: &mut Cx, company: CompanyId, customer: CustomerId) -> Result<bool> {
    let changed = cx.exec(
        "INSERT INTO company_members (company_id, customer_id) VALUES ($1, $2)
         ON CONFLICT (company_id, customer_id) DO NOTHING",
        p![company, customer],
    )?;
    Ok(changed == 1)
}

/// `false` when the customer was no member.
pub(crate) fn delete_member(cx: &mut Cx, company: CompanyId, customer: CustomerId) -> Result<bool> {
    let sql = "DELETE FROM company_members WHERE company_id = $1 AND customer_id = $2";
    Ok(cx.exec(sql, p![company, customer])? == 1)
}

/// Members in the order of their ids.
pub(crate) fn list_members(
    cx: &mut Cx,
    company: CompanyId,
    after: CustomerId,
    most: i64,
) -> Result<Vec<CustomerId>> {
    let rows: Vec<(CustomerId,)> = cx.all(
        "SELECT customer_id FROM company_members WHERE company_id = $1 AND customer_id > $2
         ORDER BY customer_id LIMIT $3",
        p![company, after, most],
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

row! {
    struct CompanyNameRow { id: CompanyId, name: String }
}

pub(crate) fn list_companies_of(cx: &mut Cx, customer: CustomerId) -> Result<Vec<CompanyName>> {
    let rows: Vec<CompanyNameRow> = cx.all(
        "SELECT c.id, c.name FROM company_members m JOIN companies c ON c.id = m.company_id
         WHERE m.customer_id = $1 ORDER BY c.id",
        p![customer],
    )?;
    Ok(rows.into_iter().map(|row| CompanyName { id: row.id, name: row.name }).collect())
}
