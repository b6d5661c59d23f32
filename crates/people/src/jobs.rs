//! Later work of the staff: letters with links, which are sealed until they are sent.

use base::{Result, Secrets};
use journal::{Job, Lane};
use serde::{Deserialize, Serialize};

use crate::sockets::Letter;

/// What is sealed opens in jobs only.
const PLACE: &str = "jobs.args";

/// A letter that waits for the postman.
#[derive(Serialize, Deserialize)]
pub struct Mail {
    sealed: Vec<u8>,
}

impl Job for Mail {
    const NAME: &'static str = "people.mail";
    const LANE: Lane = Lane::Slow;
}

impl Mail {
    pub fn of(secrets: &Secrets, letter: &Letter) -> Result<Mail> {
        Ok(Mail { sealed: secrets.seal(PLACE, &serde_json::to_vec(letter)?)? })
    }

    pub fn letter(&self, secrets: &Secrets) -> Result<Letter> {
        Ok(serde_json::from_slice(&secrets.open_sealed(PLACE, &self.sealed)?)?)
    }
}

/// Somebody asked for a new password. Whether there is such an account is looked up later, so that
/// the time of the answer does not tell.
#[derive(Serialize, Deserialize)]
pub struct Reset {
    sealed: Vec<u8>,
}

impl Job for Reset {
    const NAME: &'static str = "people.reset";
}

impl Reset {
    pub fn of(secrets: &Secrets, email: &str) -> Result<Reset> {
        Ok(Reset { sealed: secrets.seal(PLACE, email.as_bytes())? })
    }

    pub fn email(&self, secrets: &Secrets) -> Result<String> {
        let plain = secrets.open_sealed(PLACE, &self.sealed)?;
        String::from_utf8(plain).map_err(base::error::internal)
    }
}
