//! Bounds, names and typed texts: what is taken, and in which form.

use serde::{Deserialize, Serialize};

use super::kinds::WidgetId;

/// The channel as conversations know it.
pub const NAME: &str = "chat";
/// Characters of one message.
pub const LONGEST_TEXT: usize = 4_000;
/// Bytes of one file.
pub const LARGEST_FILE: usize = 10 * 1024 * 1024;
/// Files of one message.
pub const MOST_FILES: usize = 5;
/// A chat that ended goes on in the same conversation for so long.
pub const SAME_CONVERSATION_SECONDS: i64 = 24 * 3600;
/// How long a network address stays banned.
pub const BAN_SECONDS: i64 = 24 * 3600;
/// An agent whose last socket is gone for so long is away.
pub const GONE_AFTER_SECONDS: i64 = 60;
/// A visitor who was not heard of for so long is not there.
pub const ONLINE_SECONDS: i64 = 75;

/// Who a signed token says somebody is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proven {
    /// The customer's key in the company's own system.
    pub subject: String,
    pub email: Option<String>,
    pub name: Option<String>,
}

/// By what conversations name a visitor who has a token alone.
pub fn visitor_address(token: &str) -> String {
    format!("visitor-{}", base::secrets::hex(&base::secrets::sha256(token.as_bytes())[..12]))
}

/// By what conversations name a customer who was proven by a signed token.
pub fn subject_address(subject: &str) -> String {
    format!("user-{}", base::secrets::hex(&base::secrets::sha256(subject.as_bytes())[..12]))
}

/// Whether this is how a visitor is named.
pub fn is_visitor_address(address: &str) -> bool {
    let rest = address.strip_prefix("visitor-").or_else(|| address.strip_prefix("user-"));
    rest.is_some_and(|rest| rest.len() == 24 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// The account that a widget's conversations come to.
pub fn account(widget: WidgetId) -> String {
    format!("chat-{widget}")
}

/// What a client calls a message before the server has seen it.
pub fn checked_client_id(id: &str) -> base::Result<String> {
    let plain = id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    match (8..=64).contains(&id.len()) && plain {
        true => Ok(id.to_owned()),
        false => Err(base::error::invalid(
            "client_id_invalid",
            "A message is named by 8 to 64 letters, digits, - and _.",
        )
        .field("id")),
    }
}

/// A typed address: a claim, but one that mail can be sent to.
pub fn checked_email(email: &str) -> base::Result<String> {
    let email = base::text::without_nul(email).trim().to_owned();
    let plain = |c: char| !c.is_control() && !c.is_whitespace() && !"<>,;\"()[]".contains(c);
    let parts = email.rsplit_once('@');
    let fits = parts.is_some_and(|(local, domain)| {
        !local.is_empty() && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.')
    });
    match fits && email.len() <= 254 && email.chars().all(plain) {
        true => Ok(email),
        false => Err(base::error::invalid("email_invalid", "This is no e-mail address.").field("email")),
    }
}

/// A typed name, cut to what a screen can show.
pub fn cleaned_name(name: &str) -> String {
    let name: String = base::text::without_nul(name).chars().filter(|c| !c.is_control()).collect();
    base::text::cut(name.trim(), 100).to_owned()
}

/// An address that is told back: enough to recognise the own one.
pub fn veiled(email: &str) -> String {
    match email.rsplit_once('@') {
        Some((local, domain)) => format!("{}…@{domain}", local.chars().take(1).collect::<String>()),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visitors_are_named_by_a_hash_that_nothing_else_looks_like() {
        assert!(is_visitor_address(&visitor_address("a")) && is_visitor_address(&subject_address("a")));
        assert_ne!(visitor_address("a")[8..], subject_address("b")[5..]);
        for other in ["ann@a.example", "visitor-1", "user-zzzzzzzzzzzzzzzzzzzzzzzz", "chat-12", ""] {
            assert!(!is_visitor_address(other), "{other}");
        }
    }

    #[test]
    fn typed_addresses_are_checked() {
        for good in ["ann@a.example", " a.b+c@b.example ", "jörg@büro.example"] {
            assert!(checked_email(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@b",
            "@b.example",
            "a b@c.example",
            "a@b.example\r\nBcc: x@y.example",
            "<a@b.example>",
        ] {
            assert!(checked_email(bad).is_err(), "{bad}");
        }
        assert_eq!(veiled("ann@a.example"), "a…@a.example");
    }

    #[test]
    fn clients_name_messages_plainly() {
        assert!(checked_client_id("0123-abc_").is_ok());
        for bad in ["", "short", "with space in", "ümlaut-ümlaut", &"x".repeat(65)] {
            assert!(checked_client_id(bad).is_err(), "{bad}");
        }
    }
}
