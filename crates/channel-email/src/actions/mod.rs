//! The verbs of mail, one per file.

pub mod add_mailbox;
pub mod allow;
pub mod change_mailbox;
pub mod connect;
pub mod connect_grant;
pub mod end_links;
pub mod hook;
pub mod make_keys;
mod server_fields;
pub mod set_account;
pub mod set_acknowledgement;
pub mod set_links;
pub mod set_look;
pub mod set_outgoing;
pub mod set_signature;
pub mod set_trust;
pub mod set_way;
pub mod test_look;
pub mod test_outgoing;
