//! Fetching mail from mailboxes that stand on other servers: IMAP (RFC 9051, RFC 3501) and POP3 (RFC 1939).

pub mod access;
pub mod credentials;
pub mod folder_names;
pub mod imap;
pub mod imap_login;
pub mod keep;
pub mod link;
pub mod look;
pub mod pop3;
pub mod probing;
pub mod round;
pub mod round_imap;
pub mod round_pop3;
pub mod sasl;
pub mod source;
pub mod store;
pub mod tidying;
pub mod visit;
pub mod watch;
pub mod worker;
