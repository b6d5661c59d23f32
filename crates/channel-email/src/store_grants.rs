//! All SQL of access that providers have granted.

use base::{Result, Time};
use journal::Cx;
use serde::{Deserialize, Serialize};
use store::{p, row};
use utoipa::ToSchema;

use crate::model::GrantId;
use crate::oauth::Provider;

/// Grants of one workspace that are shown.
const MOST_GRANTS: i64 = 500;

row! {
    /// Access to one mailbox.
    #[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
    #[schema(as = EmailGrant)]
    pub struct Grant {
        pub id: GrantId,
        pub provider: Provider,
        pub address: String,
        /// Sealed, as the next.
        #[serde(skip)]
        pub refresh: Option<Vec<u8>>,
        #[serde(skip)]
        pub access: Option<Vec<u8>>,
        pub access_until: Time,
        /// Why it is over, in the provider's words.
        pub trouble: Option<String>,
        pub created_at: Time,
    }
}

pub fn find_grant(cx: &mut Cx, id: GrantId) -> Result<Option<Grant>> {
    cx.opt(
        "SELECT id, provider, address, refresh, access, access_until, trouble, created_at FROM email_grants
         WHERE id = $1 AND removed_at IS NULL",
        p![id],
    )
}

pub fn list_grants(cx: &mut Cx) -> Result<Vec<Grant>> {
    cx.all(
        "SELECT id, provider, address, refresh, access, access_until, trouble, created_at FROM email_grants
         WHERE removed_at IS NULL ORDER BY id LIMIT $1",
        p![MOST_GRANTS],
    )
}

/// A grant for the same mailbox is renewed under its id, also when it was let go of, so that what uses it goes on.
pub fn find_grant_for(cx: &mut Cx, provider: Provider, address: &str) -> Result<Option<Grant>> {
    let folded = base::text::fold(address);
    let gone: Vec<Grant> = cx.all(
        "SELECT id, provider, address, refresh, access, access_until, trouble, created_at FROM email_grants
         WHERE removed_at IS NOT NULL ORDER BY id DESC LIMIT $1",
        p![MOST_GRANTS],
    )?;
    let all = list_grants(cx)?.into_iter().chain(gone);
    let mut same = all.filter(|one| one.provider == provider && base::text::fold(&one.address) == folded);
    Ok(same.next())
}

/// It is in use again, if it was let go of.
pub fn revive_grant(cx: &mut Cx, id: GrantId) -> Result<()> {
    cx.exec("UPDATE email_grants SET removed_at = NULL WHERE id = $1", p![id]).map(drop)
}

pub fn put_grant(cx: &mut Cx, grant: &Grant) -> Result<()> {
    cx.exec(
        "INSERT INTO email_grants (id, provider, address, refresh, access, access_until, trouble, created_at, removed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)
         ON CONFLICT (id) DO UPDATE SET refresh = excluded.refresh, access = excluded.access,
             access_until = excluded.access_until, trouble = excluded.trouble",
        p![
            grant.id,
            grant.provider,
            grant.address,
            grant.refresh,
            grant.access,
            grant.access_until,
            grant.trouble,
            grant.created_at
        ],
    )
    .map(drop)
}

/// Stores what came of a renewal, as long as the refresh token stands that was used for it: somebody may have signed
/// in again meanwhile, or let go of it. Answers whether it does.
pub fn set_renewed(cx: &mut Cx, grant: &Grant, used: &[u8]) -> Result<bool> {
    let changed = cx.exec(
        "UPDATE email_grants SET refresh = $3, access = $4, access_until = $5, trouble = $6
         WHERE id = $1 AND removed_at IS NULL AND refresh = $2",
        p![grant.id, used, grant.refresh, grant.access, grant.access_until, grant.trouble],
    )?;
    Ok(changed > 0)
}

pub fn remove_grant(cx: &mut Cx, id: GrantId) -> Result<()> {
    let now = cx.now();
    let sql = "UPDATE email_grants SET removed_at = $2, refresh = NULL, access = NULL WHERE id = $1";
    cx.exec(sql, p![id, now]).map(drop)
}
