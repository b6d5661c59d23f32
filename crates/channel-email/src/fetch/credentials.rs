//! With what a mailbox is opened.

use base::{Result, Secrets, error::internal};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

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

/// The server of a stored source, ready to be asked.
pub fn server(secrets: &Secrets, source: &Source) -> Result<Server> {
    let sealed = STANDARD.decode(&source.password).map_err(internal)?;
    let password = secrets.open_sealed(&place_of(source.mailbox_id), &sealed)?;
    let password = String::from_utf8(password).map_err(internal)?;
    Ok(Server {
        host: source.host.clone(),
        port: source.port,
        security: source.security,
        trusted: source.trusted_certificate.clone(),
        login: Login::Password { user: source.username.clone(), password },
    })
}

/// The server that somebody has entered, with the stored password where none was entered for the same place.
pub fn server_of(secrets: &Secrets, place: &Place, stored: Option<&Source>) -> Result<Option<Server>> {
    let same = stored.filter(|source| is_same(source, place));
    let password = match (&place.password, same) {
        (Some(password), _) => password.clone(),
        (None, Some(source)) => {
            let Login::Password { password, .. } = server(secrets, source)?.login;
            password
        }
        (None, None) => return Ok(None),
    };
    Ok(Some(Server {
        host: place.host.clone(),
        port: place.port,
        security: place.security,
        trusted: place.trusted_certificate.clone(),
        login: Login::Password { user: place.username.clone(), password },
    }))
}

/// Whether it is the mailbox that is followed already: what was fetched of it stays known.
pub fn is_same(source: &Source, place: &Place) -> bool {
    source.protocol == place.protocol && source.host == place.host && source.username == place.username
}
