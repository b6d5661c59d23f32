//! All SQL of SMTP accounts.

use base::Result;
use journal::Cx;
use people::BrandId;
use store::p;

use crate::account::{Account, AccountId, BrandWay, MailboxWay};
use crate::model::MailboxId;

/// Accounts of one workspace that are shown.
const MOST_ACCOUNTS: i64 = 200;
/// Mailboxes and brands that name an account.
const MOST_WAYS: i64 = 1_000;

pub fn find_account(cx: &mut Cx, id: AccountId) -> Result<Option<Account>> {
    cx.opt(
        "SELECT id, name, host, port, security, username, password, grant_id, trusted_certificate, version, created_at
         FROM email_accounts WHERE id = $1 AND removed_at IS NULL",
        p![id],
    )
}

pub fn find_account_of_mailbox(cx: &mut Cx, id: MailboxId) -> Result<Option<Account>> {
    cx.opt(
        "SELECT a.id, a.name, a.host, a.port, a.security, a.username, a.password, a.grant_id, a.trusted_certificate,
             a.version, a.created_at
         FROM email_mailbox_ways w JOIN email_accounts a ON a.id = w.account_id
         WHERE w.mailbox_id = $1 AND a.removed_at IS NULL",
        p![id],
    )
}

pub fn find_account_of_brand(cx: &mut Cx, id: BrandId) -> Result<Option<Account>> {
    cx.opt(
        "SELECT a.id, a.name, a.host, a.port, a.security, a.username, a.password, a.grant_id, a.trusted_certificate,
             a.version, a.created_at
         FROM email_brand_ways w JOIN email_accounts a ON a.id = w.account_id
         WHERE w.brand_id = $1 AND a.removed_at IS NULL",
        p![id],
    )
}

pub fn list_accounts(cx: &mut Cx) -> Result<Vec<Account>> {
    cx.all(
        "SELECT id, name, host, port, security, username, password, grant_id, trusted_certificate, version, created_at
         FROM email_accounts WHERE removed_at IS NULL ORDER BY id LIMIT $1",
        p![MOST_ACCOUNTS],
    )
}

/// Puts an account in or changes the one with its id.
pub fn put_account(cx: &mut Cx, account: &Account) -> Result<()> {
    cx.exec(
        "INSERT INTO email_accounts (id, name, host, port, security, username, password, grant_id, trusted_certificate,
             version, created_at, removed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, host = excluded.host, port = excluded.port,
             security = excluded.security, username = excluded.username, password = excluded.password,
             grant_id = excluded.grant_id, trusted_certificate = excluded.trusted_certificate,
             version = excluded.version, removed_at = NULL",
        p![
            account.id,
            account.name,
            account.host,
            account.port,
            account.security,
            account.username,
            account.password,
            account.grant_id,
            account.trusted_certificate,
            account.version,
            account.created_at
        ],
    )
    .map(drop)
}

/// Forgets an account and its password; mail that went through it takes the usual way again.
pub fn remove_account(cx: &mut Cx, id: AccountId) -> Result<()> {
    let now = cx.now();
    cx.exec("UPDATE email_accounts SET removed_at = $2, password = NULL WHERE id = $1", p![id, now])?;
    cx.exec("DELETE FROM email_mailbox_ways WHERE account_id = $1", p![id])?;
    cx.exec("DELETE FROM email_brand_ways WHERE account_id = $1", p![id]).map(drop)
}

pub fn list_mailbox_ways(cx: &mut Cx) -> Result<Vec<MailboxWay>> {
    let sql = "SELECT mailbox_id, account_id FROM email_mailbox_ways ORDER BY mailbox_id LIMIT $1";
    cx.all(sql, p![MOST_WAYS])
}

pub fn list_brand_ways(cx: &mut Cx) -> Result<Vec<BrandWay>> {
    cx.all("SELECT brand_id, account_id FROM email_brand_ways ORDER BY brand_id LIMIT $1", p![MOST_WAYS])
}

pub fn set_mailbox_way(cx: &mut Cx, mailbox: MailboxId, account: Option<AccountId>) -> Result<()> {
    let Some(account) = account else {
        return cx.exec("DELETE FROM email_mailbox_ways WHERE mailbox_id = $1", p![mailbox]).map(drop);
    };
    cx.exec(
        "INSERT INTO email_mailbox_ways (mailbox_id, account_id) VALUES ($1, $2)
         ON CONFLICT (mailbox_id) DO UPDATE SET account_id = excluded.account_id",
        p![mailbox, account],
    )
    .map(drop)
}

pub fn set_brand_way(cx: &mut Cx, brand: BrandId, account: Option<AccountId>) -> Result<()> {
    let Some(account) = account else {
        return cx.exec("DELETE FROM email_brand_ways WHERE brand_id = $1", p![brand]).map(drop);
    };
    cx.exec(
        "INSERT INTO email_brand_ways (brand_id, account_id) VALUES ($1, $2)
         ON CONFLICT (brand_id) DO UPDATE SET account_id = excluded.account_id",
        p![brand, account],
    )
    .map(drop)
}
