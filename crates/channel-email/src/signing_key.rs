//! A key that signs mail: where it stands, and what is published of it.

use base::Time;
use serde::Serialize;
use store::row;
use utoipa::ToSchema;

use crate::dkim::{self, Algorithm};

base::id! {
    /// A key that signs mail.
    KeyId
}

base::words! {
    /// Where a key stands between being made and being forgotten.
    pub enum KeyState {
        /// To be published; nothing is signed with it yet.
        Next = "next",
        Active = "active",
        /// Signs no more; its record stays for mail that is still on its way.
        Retired = "retired",
    }
}

row! {
    /// A key of a domain.
    #[derive(Clone, Debug, Serialize, ToSchema)]
    #[schema(as = EmailSigningKey)]
    pub struct Key {
        pub id: KeyId,
        pub domain: String,
        pub selector: String,
        pub algorithm: Algorithm,
        /// Sealed; forgotten when the key retires.
        #[serde(skip)]
        pub secret: Option<Vec<u8>>,
        pub public: String,
        pub state: KeyState,
        pub created_at: Time,
        pub changed_at: Time,
    }
}

impl Key {
    /// Binds the sealed half to its row.
    pub fn place(id: KeyId) -> String {
        format!("email_keys.secret.{id}")
    }

    /// Where its record stands in DNS.
    pub fn name(&self) -> String {
        format!("{}._domainkey.{}", self.selector, self.domain)
    }

    /// What its record says.
    pub fn record(&self) -> String {
        dkim::record(self.algorithm, &self.public)
    }
}
