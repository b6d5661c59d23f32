//! The server of an account with its login opened: a password, or access that a provider has granted.

use base::Result;
use base::error::internal;
use journal::Workspace;

use crate::account::Account;
use crate::grants;
use crate::smtp::client::{Login, Patience, Server};

/// Ready to be asked. `anew` when granted access was refused a moment ago.
pub async fn server(house: &Workspace, account: &Account, from: &str, anew: bool) -> Result<Server> {
    let login = match (account.grant_id, &account.username, &account.password) {
        (Some(grant), _, _) => {
            let (user, token) = grants::access(house, grant, anew).await?;
            Some(Login::Bearer { user, token })
        }
        (None, Some(user), Some(sealed)) => {
            let password = house.secrets.open_sealed(&Account::password_place(account.id), sealed)?;
            let password = String::from_utf8(password).map_err(internal)?;
            Some(Login::Password { user: user.clone(), password })
        }
        _ => None,
    };
    let domain = from.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    Ok(Server {
        host: account.host.clone(),
        port: u16::try_from(account.port).map_err(internal)?,
        security: account.security,
        login,
        trusted: account.trusted_certificate.clone(),
        hello: if domain.is_ascii() { domain.to_owned() } else { "localhost".to_owned() },
        patience: Patience::default(),
    })
}
