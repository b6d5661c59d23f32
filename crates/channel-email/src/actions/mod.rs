//! The verbs of mail, one per file.

pub mod add_mailbox;
pub mod change_mailbox;
pub mod set_outgoing;
pub mod test_outgoing;
