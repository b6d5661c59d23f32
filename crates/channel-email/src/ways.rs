//! Which account mail goes out through.

use base::Result;
use journal::{Cx, settings};

use crate::account::{Account, AccountId, USUAL};
use crate::model::Mailbox;
use crate::store_accounts;

/// The account that the mailbox names, else the one of its brand, else the usual one.
pub fn account_for(cx: &mut Cx, mailbox: &Mailbox) -> Result<Option<Account>> {
    if let Some(account) = store_accounts::find_account_of_mailbox(cx, mailbox.id)? {
        return Ok(Some(account));
    }
    if let Some(brand) = mailbox.brand_id
        && let Some(account) = store_accounts::find_account_of_brand(cx, brand)?
    {
        return Ok(Some(account));
    }
    Account::usual(&settings::get(cx)?)
}

/// The account with this id, the usual one too.
pub fn account(cx: &mut Cx, id: AccountId) -> Result<Option<Account>> {
    match id {
        USUAL => Account::usual(&settings::get(cx)?),
        id => store_accounts::find_account(cx, id),
    }
}
