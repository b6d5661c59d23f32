//! Senders whose mail is let in whatever filters say.

use base::error::invalid;
use base::{Result, Time};
use serde::{Deserialize, Serialize};
use store::row;
use utoipa::ToSchema;

base::id! {
    /// A sender who is allowed.
    AllowedId
}

base::words! {
    pub enum AllowedKind { Email = "email", Domain = "domain" }
}

row! {
    /// An address, or everybody of a domain.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
    #[schema(as = AllowedSender)]
    pub struct Allowed {
        pub id: AllowedId,
        pub kind: AllowedKind,
        pub value: String,
        /// Also when the domain says that the mail is not its own: whoever forges the address gets in too.
        pub forged_too: bool,
        pub allowed_by: Option<i64>,
        pub created_at: Time,
    }
}

/// What is allowed, as it is shown and as it is compared.
pub fn checked(kind: AllowedKind, value: &str) -> Result<(String, String)> {
    let value = base::text::without_nul(value).trim().to_owned();
    let folded = base::text::fold(&value);
    match kind {
        AllowedKind::Email => crate::model::checked_address(&value, "value").map(|value| (value, folded)),
        AllowedKind::Domain => {
            let domain = folded.trim_start_matches('@').trim_end_matches('.').to_owned();
            let odd = |c: char| c.is_whitespace() || c.is_control() || c == '@';
            if !domain.contains('.') || domain.len() > 253 || domain.contains(odd) {
                return Err(invalid("address_invalid", "This is not a domain.").field("value"));
            }
            Ok((domain.clone(), domain))
        }
    }
}

/// The forms under which a sender may be allowed: the address and its domain.
pub fn forms(address: &str) -> Vec<String> {
    let folded = base::text::fold(address);
    let domain = folded.rsplit_once('@').map(|(_, domain)| domain.to_owned());
    domain.into_iter().chain([folded]).filter(|form| !form.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_domains_are_told_apart() {
        let folded = |kind, value| checked(kind, value).map(|(_, folded)| folded).map_err(|e| e.code);
        assert_eq!(folded(AllowedKind::Email, " Ann@A.example ").as_deref(), Ok("ann@a.example"));
        assert_eq!(folded(AllowedKind::Domain, "@A.example.").as_deref(), Ok("a.example"));
        assert!(folded(AllowedKind::Email, "a.example").is_err());
        assert!(folded(AllowedKind::Domain, "ann@a.example").is_err());
        assert!(folded(AllowedKind::Domain, "example").is_err());
        assert_eq!(forms("Ann@A.example"), ["a.example", "ann@a.example"]);
    }
}
