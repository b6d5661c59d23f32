//! The nouns of mail in a workspace, and the pure rules between them.

use base::Time;
use base::error::invalid;
use journal::settings::Setting;
use mime::reply_address;
use people::{BrandId, TeamId};
use serde::{Deserialize, Serialize};
use store::row;
use utoipa::ToSchema;

use crate::smtp::client::Security;
use crate::smtp::command::is_address;

base::id! {
    /// One of our own addresses.
    MailboxId
}
base::id! {
    /// Access to a mailbox that a provider has granted.
    GrantId
}
base::id! {
    /// A mail as it came.
    RawId
}

row! {
    /// An address of ours that turns mail into conversations.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
    pub struct Mailbox {
        pub id: MailboxId,
        pub address: String,
        /// What customers read beside the address, such as the brand.
        pub name: String,
        pub brand_id: Option<BrandId>,
        pub team_id: Option<TeamId>,
        pub version: i64,
        pub created_at: Time,
    }
}

row! {
    /// A mail as it came: its bytes in the row, or in a blob when they are many.
    #[derive(Clone, Debug)]
    pub struct Raw {
        pub id: RawId,
        /// Of the envelope; empty for reports, and for mail whose envelope nobody told.
        pub sender: String,
        pub recipients: serde_json::Value,
        pub size: i64,
        pub content: Option<Vec<u8>>,
        pub blob: Option<String>,
        pub received_at: Time,
    }
}

row! {
    /// What is told of a stored mail without its bytes.
    #[derive(Clone, Debug, Serialize, ToSchema)]
    pub struct RawHead {
        pub raw_id: RawId,
        pub sender: String,
        #[schema(value_type = Vec<String>)]
        pub recipients: serde_json::Value,
        pub size: i64,
        pub received_at: Time,
    }
}

impl Raw {
    pub fn recipients(&self) -> Vec<String> {
        serde_json::from_value(self.recipients.clone()).unwrap_or_default()
    }
}

/// The channel as conversations know it.
pub const NAME: &str = "email";

/// Larger mail goes to the blobs instead of a row.
pub const MOST_IN_ROW: usize = 256 * 1024;

/// Larger mail is not taken.
pub const MOST_BYTES: usize = 40 * 1024 * 1024;

/// A mail that has passed through more servers than this goes round in circles.
pub const MOST_HOPS: usize = 50;

/// The mailbox behind an address: a signed reply address is the mailbox with a token in it.
pub fn base_address(address: &str) -> String {
    match reply_address::split(address) {
        Some((base, _)) => base::text::fold(&base),
        None => base::text::fold(address),
    }
}

/// An address that mail can be sent to and from, or a sentence for the person.
pub fn check_address(address: &str) -> Result<(), String> {
    let address = address.trim();
    let (_, domain) = address.rsplit_once('@').unwrap_or_default();
    let reserved = domain.eq_ignore_ascii_case("invalid") || base::text::fold(domain).ends_with(".invalid");
    if address.contains('@') && is_address(address) && !address.contains('"') && !reserved {
        return Ok(());
    }
    Err(format!("“{}” is not an e-mail address.", base::text::cut(address, 100)))
}

/// The server through which mail goes out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutgoingMail {
    pub host: String,
    pub port: u16,
    pub security: Option<Security>,
    pub username: Option<String>,
    /// Sealed with the key of the house, in base64.
    pub password: Option<String>,
    /// The mailbox from which mail goes out when nothing names another.
    pub from: Option<String>,
    /// A certificate (PEM) that is trusted beside those of the system.
    pub trusted_certificate: Option<String>,
    /// Access that a provider has granted, in place of a password.
    #[serde(default)]
    pub grant_id: Option<GrantId>,
}

/// Binds the sealed password to its place.
pub const PASSWORD_PLACE: &str = "settings.email.outgoing.password";

impl Setting for OutgoingMail {
    const NAME: &'static str = "email.outgoing";

    fn check(&self) -> Result<(), String> {
        let logs_in = self.username.is_some() || self.grant_id.is_some();
        check_server(&self.host, self.port, self.security.unwrap_or(Security::None), logs_in)?;
        self.from.as_deref().map_or(Ok(()), check_address)
    }
}

/// A server that mail can be handed to, or a sentence for the person.
pub fn check_server(host: &str, port: u16, security: Security, logs_in: bool) -> Result<(), String> {
    let plain = |c: char| c.is_alphanumeric() || ".-_:[]".contains(c);
    if host.is_empty() || host.len() > 253 || !host.chars().all(plain) {
        return Err("Name the mail server, as in smtp.example.com.".to_owned());
    }
    if port == 0 {
        return Err("A port lies between 1 and 65535.".to_owned());
    }
    let local = matches!(host, "localhost" | "127.0.0.1" | "::1");
    if security == Security::None && logs_in && !local {
        return Err("A password is sent only over TLS, or to this machine itself.".to_owned());
    }
    Ok(())
}

/// When the sender says that a mail was written; only its header is looked at.
pub fn written(raw: &[u8]) -> Option<Time> {
    let head = raw.windows(4).position(|four| four == b"\r\n\r\n").map_or(raw, |end| &raw[..end]);
    mime::read(head, &mime::Limits::default()).date.map(|date| Time(date.as_millisecond()))
}

/// What a mailbox is called.
pub fn checked_name(name: &str) -> base::Result<String> {
    let name = base::text::without_nul(name).trim().to_owned();
    match name.chars().count() > 100 {
        true => Err(invalid("name_long", "A name has at most 100 characters.").field("name")),
        false => Ok(name),
    }
}

/// Refuses with the field that the sentence is about.
pub fn checked_address(address: &str, field: &str) -> base::Result<String> {
    check_address(address).map_err(|sentence| invalid("address_invalid", sentence).field(field))?;
    Ok(address.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_address_belongs_to_its_mailbox() {
        let token = reply_address::token(7, b"key");
        let signed = reply_address::compose("Support@Shop.Example", &token).expect("fits");
        assert_eq!(base_address(&signed), "support@shop.example");
        assert_eq!(base_address("Support@Shop.Example"), "support@shop.example");
        assert_eq!(base_address("support+r.x@shop.example"), "support+r.x@shop.example");
    }

    #[test]
    fn addresses_are_checked_before_anything_is_sent() {
        for good in ["ann@a.example", "jörg@büro.example", "a+b@[127.0.0.1]"] {
            assert_eq!(check_address(good), Ok(()), "{good}");
        }
        for bad in ["", "ann", "a@", "@b", "a b@c.example", "a@b\r\nRCPT", "x@unknown.invalid", "postmaster"]
        {
            assert!(check_address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_password_never_travels_in_the_clear() {
        let open = OutgoingMail {
            host: "smtp.example.com".into(),
            port: 25,
            username: Some("desk".into()),
            ..OutgoingMail::default()
        };
        assert!(open.check().is_err());
        assert_eq!(OutgoingMail { host: "localhost".into(), ..open.clone() }.check(), Ok(()));
        assert_eq!(OutgoingMail { security: Some(Security::StartTls), ..open }.check(), Ok(()));
    }
}
