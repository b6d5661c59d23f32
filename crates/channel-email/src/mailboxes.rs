//! Which of our addresses a mail goes out from.

use base::Result;
use journal::{Cx, settings};
use people::BrandId;

use crate::model::{Mailbox, OutgoingMail, base_address};
use crate::store;

/// The mailbox that the conversation came to, else one of its brand, else the usual one.
pub fn mailbox(cx: &mut Cx, account: Option<&str>, brand: Option<BrandId>) -> Result<Option<Mailbox>> {
    if let Some(account) = account
        && let Some(mailbox) = store::find_mailbox(cx, &base_address(account))?
    {
        return Ok(Some(mailbox));
    }
    if let Some(brand) = brand
        && let Some(mailbox) = store::find_mailbox_of_brand(cx, brand)?
    {
        return Ok(Some(mailbox));
    }
    usual_mailbox(cx)
}

/// Whether an address is one of our own.
pub fn is_own(cx: &mut Cx, address: &str) -> Result<bool> {
    Ok(store::find_mailbox(cx, &base_address(address))?.is_some())
}

/// The one that the settings name, else the oldest.
pub fn usual_mailbox(cx: &mut Cx) -> Result<Option<Mailbox>> {
    let named = settings::get::<OutgoingMail>(cx)?.from;
    if let Some(named) = named
        && let Some(mailbox) = store::find_mailbox(cx, &base::text::fold(&named))?
    {
        return Ok(Some(mailbox));
    }
    Ok(store::list_mailboxes(cx)?.into_iter().next())
}
