//! Rows of identities.

use ::store::{p, row};
use base::Result;
use base::error::not_found;
use journal::Cx;
use serde_json::Value;

use crate::model::{Address, CustomerId, Identity, IdentityId, IdentityKind, Trouble};

row! {
    #[derive(Clone, Debug)]
    pub(crate) struct IdentityRow {
        pub id: IdentityId, pub customer: CustomerId, pub kind: IdentityKind, pub value: String,
        pub folded: String, pub verified: bool, pub main: bool, pub trouble: Option<Value>,
    }
}

impl IdentityRow {
    pub fn trouble(&self) -> Option<Trouble> {
        self.trouble.clone().and_then(|trouble| serde_json::from_value(trouble).ok())
    }

    pub fn identity(self) -> Identity {
        Identity {
            id: self.id,
            kind: self.kind,
            verified: self.verified,
            primary: self.main,
            trouble: self.trouble(),
            value: self.value,
        }
    }
}

const COLUMNS: &str = "id, customer_id, kind, value, folded, verified, main, trouble";

pub(crate) fn find_identity(cx: &mut Cx, address: &Address) -> Result<Option<IdentityRow>> {
    let sql = format!("SELECT {COLUMNS} FROM customer_identities WHERE kind = $1 AND folded = $2");
    cx.opt(sql, p![address.kind, address.folded])
}

pub(crate) fn get_identity(cx: &mut Cx, id: IdentityId) -> Result<IdentityRow> {
    let row = cx.opt(format!("SELECT {COLUMNS} FROM customer_identities WHERE id = $1"), p![id])?;
    row.ok_or_else(|| not_found("identity_not_found"))
}

/// The oldest first.
pub(crate) fn list_identities(cx: &mut Cx, customer: CustomerId) -> Result<Vec<IdentityRow>> {
    cx.all(
        format!("SELECT {COLUMNS} FROM customer_identities WHERE customer_id = $1 ORDER BY id"),
        p![customer],
    )
}

/// `None` when somebody has the identity already. On PostgreSQL a rival who is not visible yet makes
/// the whole transaction run again, which then finds the rival's row.
pub(crate) fn insert_identity(
    cx: &mut Cx,
    customer: CustomerId,
    address: &Address,
    verified: bool,
    main: bool,
) -> Result<Option<IdentityId>> {
    let (id, now) = (cx.new_id::<IdentityId>(), cx.now());
    let inserted = cx.exec(
        "INSERT INTO customer_identities (id, customer_id, kind, value, folded, verified, main, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (kind, folded) DO NOTHING",
        p![id, customer, address.kind, address.value, address.folded, verified, main, now],
    )?;
    Ok((inserted == 1).then_some(id))
}

pub(crate) fn delete_identity(cx: &mut Cx, id: IdentityId) -> Result<()> {
    cx.exec("DELETE FROM customer_identities WHERE id = $1", p![id]).map(drop)
}

pub(crate) fn set_trouble(cx: &mut Cx, id: IdentityId, trouble: Option<&Trouble>) -> Result<()> {
    let trouble = trouble.map(serde_json::to_value).transpose()?;
    cx.exec("UPDATE customer_identities SET trouble = $2 WHERE id = $1", p![id, trouble]).map(drop)
}

pub(crate) fn set_verified(cx: &mut Cx, id: IdentityId, verified: bool) -> Result<()> {
    cx.exec("UPDATE customer_identities SET verified = $2 WHERE id = $1", p![id, verified]).map(drop)
}

/// Makes an identity the primary one of its kind.
pub(crate) fn set_main(cx: &mut Cx, customer: CustomerId, kind: IdentityKind, id: IdentityId) -> Result<()> {
    cx.exec(
        "UPDATE customer_identities SET main = (id = $3) WHERE customer_id = $1 AND kind = $2",
        p![customer, kind, id],
    )
    .map(drop)
}

/// Hands an identity to another customer.
pub(crate) fn set_owner(cx: &mut Cx, id: IdentityId, customer: CustomerId, main: bool) -> Result<()> {
    let sql = "UPDATE customer_identities SET customer_id = $2, main = $3 WHERE id = $1";
    cx.exec(sql, p![id, customer, main]).map(drop)
}

row! {
    #[derive(Clone, Debug)]
    pub(crate) struct NamedAs { pub customer: CustomerId, pub text: String }
}

/// All that these customers are called besides their name: addresses and companies.
pub(crate) fn list_other_words(cx: &mut Cx, ids: &[i64]) -> Result<Vec<NamedAs>> {
    let ids = serde_json::to_value(ids)?;
    cx.all(
        (
            "SELECT customer_id, value FROM customer_identities
             WHERE customer_id IN (SELECT value FROM json_each($1))
             UNION ALL
             SELECT m.customer_id, c.name FROM company_members m JOIN companies c ON c.id = m.company_id
             WHERE m.customer_id IN (SELECT value FROM json_each($1))",
            "SELECT customer_id, value FROM customer_identities
             WHERE customer_id IN (SELECT CAST(value AS BIGINT) FROM jsonb_array_elements_text($1))
             UNION ALL
             SELECT m.customer_id, c.name FROM company_members m JOIN companies c ON c.id = m.company_id
             WHERE m.customer_id IN (SELECT CAST(value AS BIGINT) FROM jsonb_array_elements_text($1))",
        ),
        p![ids],
    )
}
