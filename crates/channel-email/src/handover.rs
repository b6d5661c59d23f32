//! Hands a written mail over to the server of its account: signed, with the login opened.

use std::sync::Arc;

use base::Result;
use journal::Workspace;

use crate::account::Account;
use crate::login;
use crate::signing::signed;
use crate::smtp::client::{Addressed, Fate};
use crate::smtp::pool::Pool;

/// `own` is the address of the mailbox that it goes out from. Errors end before anything was sent.
pub async fn hand_over(
    house: &Arc<Workspace>,
    pool: &Pool,
    account: &Account,
    own: &str,
    addressed: &Addressed,
    raw: Vec<u8>,
) -> Result<Fate> {
    let server = login::server(house, account, own, false).await?;
    let raw = signed(house, &addressed.from, raw).await?;
    let fate = pool.send(&server, addressed, &raw).await;
    if !fate.is_about_access() {
        return Ok(fate);
    }
    // Nothing has arrived: the access had ended before its time, and a fresh one may be let in.
    let anew = login::server(house, account, own, true).await?;
    Ok(pool.send(&anew, addressed, &raw).await)
}
