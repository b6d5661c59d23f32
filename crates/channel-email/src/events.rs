//! What is announced. The subject is the mailbox, or the sender who is allowed.

pub const ADDED: &str = "mailbox.added";
pub const CHANGED: &str = "mailbox.changed";
pub const REMOVED: &str = "mailbox.removed";
pub const ACCOUNT_SET: &str = "email_account.set";
pub const ACCOUNT_REMOVED: &str = "email_account.removed";
pub const WAY_SET: &str = "email_account.chosen";
/// Of these two the subject is the brand, and the agent.
pub const LOOK_SET: &str = "email_look.set";
pub const SIGNATURE_SET: &str = "email_signature.set";
/// The subject is the conversation.
pub const LINKS_ENDED: &str = "message.links_ended";
pub const KEY_MADE: &str = "email_key.made";
pub const KEY_SWITCHED: &str = "email_key.switched";
pub const CONNECTED: &str = "mailbox.connected";
pub const DISCONNECTED: &str = "mailbox.disconnected";
pub const HOOK_SET: &str = "mailbox.hook_set";
pub const HOOK_REMOVED: &str = "mailbox.hook_removed";
pub const MAIL_RETRIED: &str = "mailbox.mail_retried";
pub const MAIL_DISCARDED: &str = "mailbox.mail_discarded";
pub const GRANT_CONNECTED: &str = "email_grant.connected";
pub const GRANT_REMOVED: &str = "email_grant.removed";

pub const ALLOWED: &str = "sender.allowed";
pub const DISALLOWED: &str = "sender.disallowed";
