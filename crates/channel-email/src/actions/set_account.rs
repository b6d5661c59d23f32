//! Names, changes and forgets a further SMTP account.

use base::Result;
use base::error::{conflict, invalid, not_found};
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::server_fields::{certificate, filled, password};
use crate::account::{Account, AccountId};
use crate::events;
use crate::model::{GrantId, check_server, checked_name};
use crate::smtp::client::Security;
use crate::store_accounts;

pub struct SetAccount;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailSetAccountInput)]
pub struct Input {
    /// Absent for a new one.
    #[serde(default)]
    pub id: Option<AccountId>,
    /// What the staff call it.
    pub name: String,
    pub host: String,
    pub port: u16,
    pub security: Security,
    #[serde(default)]
    pub username: Option<String>,
    /// The stored one is kept when this is absent, and forgotten when it is empty.
    #[serde(default)]
    pub password: Option<String>,
    /// Access that a provider has granted, in place of a password.
    #[serde(default)]
    pub grant_id: Option<GrantId>,
    /// A certificate (PEM) that is trusted beside those of the system.
    #[serde(default)]
    pub trusted_certificate: Option<String>,
    /// What the caller saw.
    #[serde(default)]
    pub version: Option<i64>,
}

/// An account as people see it: the password never leaves the house.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = OutgoingAccountShown)]
pub struct Shown {
    pub id: AccountId,
    pub name: String,
    pub host: String,
    pub port: i64,
    pub security: Security,
    pub username: Option<String>,
    pub has_password: bool,
    pub grant_id: Option<GrantId>,
    pub trusted_certificate: Option<String>,
    pub version: i64,
}

impl From<Account> for Shown {
    fn from(account: Account) -> Shown {
        Shown {
            id: account.id,
            name: account.name,
            host: account.host,
            port: account.port,
            security: account.security,
            username: account.username,
            has_password: account.password.is_some(),
            grant_id: account.grant_id,
            trusted_certificate: account.trusted_certificate,
            version: account.version,
        }
    }
}

impl Action for SetAccount {
    const NAME: &'static str = "email.set_account";
    const GRANT: &'static str = "email.set_outgoing";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    type Output = Shown;

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<Shown> {
        let before = match input.id {
            Some(id) => Some(find(cx, id)?),
            None => None,
        };
        if let (Some(before), Some(seen)) = (&before, input.version)
            && seen != before.version
        {
            let sentence = "Somebody else has changed this account meanwhile.";
            return Err(
                conflict("version_conflict", sentence).with_present(json!(Shown::from(before.clone())))
            );
        }
        let account = checked(cx, input, before)?;
        store_accounts::put_account(cx, &account)?;
        cx.record(Note::new(events::ACCOUNT_SET, "email_account", account.id.0))?;
        Ok(account.into())
    }
}

fn find(cx: &mut Cx, id: AccountId) -> Result<Account> {
    store_accounts::find_account(cx, id)?.ok_or_else(|| not_found("account_not_found"))
}

fn checked(cx: &mut Cx, input: &Input, before: Option<Account>) -> Result<Account> {
    let host = input.host.trim().to_owned();
    let username = filled(input.username.as_deref()).map(|name| base::text::cut(&name, 200).to_owned());
    let logs_in = username.is_some() || input.grant_id.is_some();
    check_server(&host, input.port, input.security, logs_in)
        .map_err(|sentence| invalid("server_invalid", sentence).field("host"))?;
    let trusted_certificate = certificate(input.trusted_certificate.as_deref())?;
    let id = before.as_ref().map_or_else(|| cx.new_id(), |before| before.id);
    let same = before.as_ref().is_some_and(|before| before.host == host && before.username == username);
    let stored = before.as_ref().and_then(|before| before.password.clone());
    let password = password(cx, &Account::password_place(id), input.password.as_deref(), stored, same)?;
    Ok(Account {
        id,
        name: checked_name(&input.name)?,
        host,
        port: i64::from(input.port),
        security: input.security,
        username,
        password,
        grant_id: input.grant_id,
        trusted_certificate,
        version: before.as_ref().map_or(1, |before| before.version + 1),
        created_at: before.map_or_else(|| cx.now(), |before| before.created_at),
    })
}

/// Forgets an account. Mailboxes and brands that named it use the usual one again.
pub struct RemoveAccount;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailRemoveAccountInput)]
pub struct RemoveInput {
    pub id: AccountId,
}

impl Action for RemoveAccount {
    const NAME: &'static str = "email.remove_account";
    const GRANT: &'static str = "email.set_outgoing";
    const RISK: Risk = Risk::Irreversible;
    type Input = RemoveInput;
    type Output = ();

    fn run(cx: &mut Cx<'_, '_>, input: &RemoveInput) -> Result<()> {
        let account = find(cx, input.id)?;
        store_accounts::remove_account(cx, account.id)?;
        cx.record(Note::new(events::ACCOUNT_REMOVED, "email_account", account.id.0)).map(drop)
    }
}
