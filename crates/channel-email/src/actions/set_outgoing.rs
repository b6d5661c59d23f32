//! Names the server through which mail goes out.

use base::Result;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use journal::{Action, Cx, Risk, settings};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::server_fields::{certificate, filled, password};
use crate::account::Account;
use crate::model::{GrantId, OutgoingMail, PASSWORD_PLACE};
use crate::smtp::client::Security;

pub struct SetOutgoing;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailSetOutgoingInput)]
pub struct Input {
    pub host: String,
    pub port: u16,
    pub security: Security,
    #[serde(default)]
    pub username: Option<String>,
    /// The stored one is kept when this is absent, and forgotten when it is empty.
    #[serde(default)]
    pub password: Option<String>,
    /// The mailbox from which mail goes out when nothing names another.
    #[serde(default)]
    pub from: Option<String>,
    /// A certificate (PEM) that is trusted beside those of the system.
    #[serde(default)]
    pub trusted_certificate: Option<String>,
    /// Access that a provider has granted, in place of a password.
    #[serde(default)]
    pub grant_id: Option<GrantId>,
}

/// The settings as people see them: the password never leaves the house.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = OutgoingMailShown)]
pub struct Shown {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub username: Option<String>,
    pub has_password: bool,
    pub from: Option<String>,
    pub trusted_certificate: Option<String>,
    pub grant_id: Option<GrantId>,
}

impl From<OutgoingMail> for Shown {
    fn from(settings: OutgoingMail) -> Shown {
        Shown {
            host: settings.host,
            port: settings.port,
            security: settings.security.unwrap_or(Security::None),
            username: settings.username,
            has_password: settings.password.is_some(),
            from: settings.from,
            trusted_certificate: settings.trusted_certificate,
            grant_id: settings.grant_id,
        }
    }
}

impl Action for SetOutgoing {
    const NAME: &'static str = "email.set_outgoing";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    type Output = Shown;

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<Shown> {
        let before: OutgoingMail = settings::get(cx)?;
        let username = filled(input.username.as_deref());
        let same = before.host == input.host.trim() && before.username == username;
        let stored = Account::usual(&before)?.and_then(|usual| usual.password);
        let password = password(cx, PASSWORD_PLACE, input.password.as_deref(), stored, same)?;
        let settings = OutgoingMail {
            host: input.host.trim().to_owned(),
            port: input.port,
            security: Some(input.security),
            username,
            password: password.map(|sealed| STANDARD.encode(sealed)),
            from: filled(input.from.as_deref()),
            trusted_certificate: certificate(input.trusted_certificate.as_deref())?,
            grant_id: input.grant_id,
        };
        settings::set(cx, &settings)?;
        Ok(settings.into())
    }
}
