//! SMTP accounts: servers through which mail goes out.

use base::error::internal;
use base::{Result, Time};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use people::BrandId;
use serde::Serialize;
use store::row;
use utoipa::ToSchema;

use crate::model::{GrantId, MailboxId, OutgoingMail, PASSWORD_PLACE};
use crate::smtp::client::Security;

base::id! {
    /// An SMTP account beside the usual one.
    AccountId
}

/// The account that the settings describe. No id that is given out is as low.
pub const USUAL: AccountId = AccountId(0);

row! {
    /// A server through which mail goes out.
    #[derive(Clone, Debug)]
    pub struct Account {
        pub id: AccountId,
        pub name: String,
        pub host: String,
        pub port: i64,
        pub security: Security,
        pub username: Option<String>,
        /// Sealed with the key of the house.
        pub password: Option<Vec<u8>>,
        /// Access that a provider has granted, in place of a password.
        pub grant_id: Option<GrantId>,
        pub trusted_certificate: Option<String>,
        pub version: i64,
        pub created_at: Time,
    }
}

row! {
    /// Which account mail from a mailbox goes through.
    #[derive(Clone, Debug, Serialize, ToSchema)]
    pub struct MailboxWay {
        pub mailbox_id: MailboxId,
        pub account_id: AccountId,
    }
}

row! {
    /// Which account mail of a brand goes through when its mailbox names none.
    #[derive(Clone, Debug, Serialize, ToSchema)]
    pub struct BrandWay {
        pub brand_id: BrandId,
        pub account_id: AccountId,
    }
}

impl Account {
    /// Binds the sealed password to its place, so that no row's password opens in another row.
    pub fn password_place(id: AccountId) -> String {
        match id {
            USUAL => PASSWORD_PLACE.to_owned(),
            AccountId(id) => format!("email_accounts.password.{id}"),
        }
    }

    /// What the settings describe; `None` while nobody has named a server.
    pub fn usual(settings: &OutgoingMail) -> Result<Option<Account>> {
        if settings.host.is_empty() {
            return Ok(None);
        }
        let password = settings.password.as_deref().map(|sealed| STANDARD.decode(sealed));
        Ok(Some(Account {
            id: USUAL,
            name: String::new(),
            host: settings.host.clone(),
            port: i64::from(settings.port),
            security: settings.security.unwrap_or(Security::None),
            username: settings.username.clone(),
            password: password.transpose().map_err(internal)?,
            grant_id: settings.grant_id,
            trusted_certificate: settings.trusted_certificate.clone(),
            version: 0,
            created_at: Time(0),
        }))
    }
}
