//! How an identity is written and in which form two of them are the same.

use base::error::invalid;
use base::{Result, text};

base::words! {
    /// Where a customer can be reached or is recognised.
    pub enum IdentityKind {
        Email = "email",
        Phone = "phone",
        Chat = "chat",
        Social = "social",
        Postal = "postal",
        /// The key of the customer in the client's own system.
        External = "external",
    }
}

/// RFC 5321, section 4.5.3.1: 64 octets of local part, 255 of domain; more is never delivered.
const LONGEST_MAIL: usize = 320;
const LONGEST: usize = 500;
const FEWEST_DIGITS: usize = 3;
/// ITU-T E.164 allows 15; extensions and short codes of the client's own switch need some more.
const MOST_DIGITS: usize = 24;

/// A checked identity: as it is shown, and as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    pub kind: IdentityKind,
    pub value: String,
    pub folded: String,
}

impl Address {
    pub fn read(kind: IdentityKind, value: &str) -> Result<Address> {
        let value = text::without_nul(value).trim().to_owned();
        if value.chars().count() > LONGEST {
            let sentence = format!("This is too long: at most {LONGEST} characters.");
            return Err(invalid("too_long", sentence).field("value"));
        }
        let folded = match kind {
            IdentityKind::Email => mail(&value),
            IdentityKind::Phone => phone(&value),
            IdentityKind::Chat | IdentityKind::Social => some(text::fold(&value)),
            IdentityKind::Postal => some(text::fold(&value).split_whitespace().collect::<Vec<_>>().join(" ")),
            IdentityKind::External => some(value.clone()),
        };
        match folded {
            Some(folded) => Ok(Address { kind, value, folded }),
            None => Err(refusal(kind)),
        }
    }
}

fn refusal(kind: IdentityKind) -> base::Error {
    let sentence = match kind {
        IdentityKind::Email => "This is not a mail address.",
        IdentityKind::Phone => "This is not a telephone number.",
        _ => "Something must stand here.",
    };
    invalid("address_invalid", sentence).field("value")
}

fn some(folded: String) -> Option<String> {
    (!folded.is_empty()).then_some(folded)
}

/// The local part is compared without case: no mailbox in use tells two people apart by it (RFC 5321,
/// section 2.4 advises against). A domain has one form, that of the name system (RFC 5891).
fn mail(value: &str) -> Option<String> {
    let (local, domain) = value.rsplit_once('@')?;
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',');
    if local.is_empty() || domain.is_empty() || value.len() > LONGEST_MAIL || value.contains(odd) {
        return None;
    }
    Some(format!("{}@{}", text::fold(local), fold_domain(domain)))
}

/// A domain that the name system can't hold keeps its letters: mail from there still has a sender.
pub(crate) fn fold_domain(domain: &str) -> String {
    let domain = domain.trim().trim_end_matches('.');
    match idna::domain_to_ascii(domain) {
        Ok(ascii) if !ascii.is_empty() => ascii,
        _ => text::fold(domain),
    }
}

/// The domain of a folded mail address.
pub(crate) fn domain_of(folded: &str) -> Option<&str> {
    folded.rsplit_once('@').map(|(_, domain)| domain)
}

/// Digits after an optional +, which is E.164; 00 in front is the same as +. The zero that is dialled only
/// inside a country, written as (0), is no part of the number behind a +.
fn phone(value: &str) -> Option<String> {
    let between = |c: char| c.is_whitespace() || "-–().·/\u{202a}\u{202c}".contains(c);
    let clean = |text: &str| text.chars().filter(|c| !between(*c)).collect::<String>();
    let mut bare = clean(value);
    if bare.starts_with('+') || bare.starts_with("00") {
        bare = clean(&value.replacen("(0)", "", 1));
    }
    let (plus, digits) = match bare.strip_prefix('+').or_else(|| bare.strip_prefix("00")) {
        Some(digits) => ("+", digits),
        None => ("", bare.as_str()),
    };
    let fits = (FEWEST_DIGITS..=MOST_DIGITS).contains(&digits.len());
    (fits && digits.bytes().all(|b| b.is_ascii_digit())).then(|| format!("{plus}{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use IdentityKind::*;

    fn check(kind: IdentityKind, value: &str, folded: Option<&str>) {
        let read = Address::read(kind, value).ok();
        assert_eq!(read.as_ref().map(|a| a.folded.as_str()), folded, "{value:?}");
    }

    #[test]
    fn mail_addresses_are_compared_without_case_and_in_one_form_of_the_domain() {
        check(Email, " Ann@Example.COM ", Some("ann@example.com"));
        check(Email, "ann@Bücher.example.", Some("ann@xn--bcher-kva.example"));
        check(Email, "ann@xn--bcher-kva.example", Some("ann@xn--bcher-kva.example"));
        check(Email, "\"a@b\"@c.example", Some("\"a@b\"@c.example"));
        check(Email, "ann@[192.0.2.1]", Some("ann@[192.0.2.1]"));
        check(Email, "用户@例え.jp", Some("用户@xn--r8jz45g.jp"));
        for wrong in ["", "ann", "@example.com", "ann@", "a b@c.d", "a@b\nc", "a@b,c@d", "<a@b>"] {
            check(Email, wrong, None);
        }
        check(Email, &format!("{}@b.example", "a".repeat(400)), None);
    }

    #[test]
    fn telephone_numbers_are_their_digits() {
        check(Phone, "+49 (0)30 / 123-45", Some("+493012345"));
        check(Phone, "0049 30 12345", Some("+493012345"));
        check(Phone, "110", Some("110"));
        for wrong in ["", "12", "call me", "+", "1".repeat(30).as_str()] {
            check(Phone, wrong, None);
        }
    }

    #[test]
    fn other_identities_are_compared_as_their_kind_needs() {
        check(Social, "@Ann", Some("@ann"));
        check(Postal, "Main  Street 1,\n Town", Some("main street 1, town"));
        check(External, "Key-A", Some("Key-A"));
        check(External, "\0 ", None);
    }
}
