//! With what a mailbox is opened.

use std::sync::Arc;

use base::error::{internal, invalid};
use base::{Result, Secrets};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use journal::Workspace;

use super::access::{self, Access};
use super::link::{Login, Server};
use super::source::{Place, Source};
use crate::model::MailboxId;

/// Binds a sealed password to its mailbox.
fn place_of(mailbox: MailboxId) -> String {
    format!("email_sources.password.{}", mailbox.0)
}

pub fn seal(secrets: &Secrets, mailbox: MailboxId, password: &str) -> Result<String> {
    Ok(STANDARD.encode(secrets.seal(&place_of(mailbox), password.as_bytes())?))
}

fn password_of(secrets: &Secrets, source: &Source) -> Result<String> {
    let sealed = STANDARD.decode(&source.password).map_err(internal)?;
    let password = secrets.open_sealed(&place_of(source.mailbox_id), &sealed)?;
    String::from_utf8(password).map_err(internal)
}

/// The server of a stored source, ready to be asked.
pub async fn server(house: &Arc<Workspace>, source: &Source) -> Result<Server> {
    let login = match source.grant_id {
        Some(id) => {
            let grant = access::find(house, id, &source.host).await?;
            Login::Granted(Access::open(house, grant.id, &source.username).await?)
        }
        None => {
            Login::Password { user: source.username.clone(), password: password_of(&house.secrets, source)? }
        }
    };
    Ok(Server {
        host: source.host.clone(),
        port: source.port,
        security: source.security,
        trusted: source.trusted_certificate.clone(),
        login,
    })
}

/// The server that somebody has entered, with the stored password where none was entered for the same place.
pub async fn server_of(house: &Arc<Workspace>, place: &Place, stored: Option<&Source>) -> Result<Server> {
    let kept = stored.filter(|source| is_same(source, place) && source.grant_id.is_none());
    let user = place.username.clone();
    let login = match (place.grant_id, &place.password, kept) {
        (Some(id), _, _) => {
            let grant = access::find(house, id, &place.host).await?;
            Login::Granted(Access::open(house, grant.id, &user).await?)
        }
        (None, Some(password), _) => Login::Password { user, password: password.clone() },
        (None, None, Some(source)) => {
            Login::Password { user, password: password_of(&house.secrets, source)? }
        }
        (None, None, None) => return Err(missing()),
    };
    Ok(Server {
        host: place.host.clone(),
        port: place.port,
        security: place.security,
        trusted: place.trusted_certificate.clone(),
        login,
    })
}

/// The mailbox of the grant is meant when no user is named.
pub async fn named(house: &Arc<Workspace>, mut place: Place) -> Result<Place> {
    if let (Some(id), true) = (place.grant_id, place.username.is_empty()) {
        place.username = access::find(house, id, &place.host).await?.address;
    }
    Ok(place)
}

pub fn missing() -> base::Error {
    invalid("source_password_missing", "Enter the password.").field("password")
}

/// Whether it is the mailbox that is followed already: what was fetched of it stays known.
pub fn is_same(source: &Source, place: &Place) -> bool {
    source.protocol == place.protocol && source.host == place.host && source.username == place.username
}
