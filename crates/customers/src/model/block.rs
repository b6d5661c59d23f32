//! Senders who are not let in: by address, or by the domain of their mail.

use base::error::invalid;
use base::{Result, Time};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::address::{IdentityKind, domain_of, fold_domain};

base::id! {
    /// A sender who is not let in.
    BlockId
}

base::words! {
    /// What a block recognises its sender by: an identity, or everybody of a mail domain.
    pub enum BlockKind {
        Email = "email",
        Phone = "phone",
        Chat = "chat",
        Social = "social",
        Postal = "postal",
        External = "external",
        Domain = "domain",
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Block {
    pub id: BlockId,
    pub kind: BlockKind,
    pub value: String,
    pub blocked_by: Option<i64>,
    pub created_at: Time,
}

/// Domains at which anybody may have an address: blocking one would shut out strangers by the million.
const PUBLIC: [&str; 30] = [
    "163.com",
    "aol.com",
    "bluewin.ch",
    "fastmail.com",
    "free.fr",
    "freenet.de",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.com",
    "hotmail.de",
    "icloud.com",
    "libero.it",
    "live.com",
    "mail.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "orange.fr",
    "outlook.com",
    "outlook.de",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "t-online.de",
    "web.de",
    "yahoo.com",
];

/// What is to be blocked, checked: as it is shown and as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub kind: BlockKind,
    pub value: String,
    pub folded: String,
}

impl Target {
    pub fn domain(value: &str) -> Result<Target> {
        let domain = fold_domain(base::text::without_nul(value).trim().trim_start_matches('@'));
        let odd = |c: char| c.is_whitespace() || c.is_control() || c == '@';
        if domain.len() > 253 || !domain.contains('.') || domain.contains(odd) {
            return Err(invalid("address_invalid", "This is not a domain.").field("value"));
        }
        if PUBLIC.contains(&domain.as_str()) {
            let sentence = "Anybody can have an address at this provider. Block single addresses instead.";
            return Err(invalid("block_public_domain", sentence).field("value"));
        }
        Ok(Target { kind: BlockKind::Domain, value: domain.clone(), folded: domain })
    }

    /// The forms under which a block would hold this identity back.
    pub fn of(kind: IdentityKind, folded: &str) -> Vec<(BlockKind, String)> {
        let own = BlockKind::parse(kind.as_str()).map(|kind| (kind, folded.to_owned()));
        let domain = domain_of(folded).filter(|_| kind == IdentityKind::Email);
        own.into_iter().chain(domain.map(|domain| (BlockKind::Domain, domain.to_owned()))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_blocked_but_not_that_of_a_public_provider() {
        let read = |value| Target::domain(value).map(|target| target.folded);
        assert_eq!(read(" @Spam.Example ").expect("a domain"), "spam.example");
        assert_eq!(read("GMail.com").expect_err("public").code, "block_public_domain");
        for wrong in ["", "spam", "a b.example", "a@b.example"] {
            assert_eq!(read(wrong).expect_err("no domain").code, "address_invalid", "{wrong:?}");
        }
    }

    #[test]
    fn a_mail_address_is_held_back_by_itself_and_by_its_domain() {
        let forms = Target::of(IdentityKind::Email, "ann@a.example");
        assert_eq!(forms[1], (BlockKind::Domain, "a.example".to_owned()));
        assert_eq!(Target::of(IdentityKind::Social, "@ann@a.example").len(), 1);
    }
}
