//! E-mail: mail becomes messages, and answers go out as mail.
//!
//! What: the SMTP listener and the pipe, reading mail, the outgoing SMTP server, mailboxes.
//! Owns: `email_mailboxes`, `email_raw`.
//! Announces: `mailbox.added`, `mailbox.changed`, `mailbox.removed`.
//! Hears: nothing.
//! Offers: `email.add_mailbox`, `email.remove_mailbox`, `email.set_outgoing`, `email.test_outgoing`.
//!
//! **Invariant:** a mail is acknowledged only after it is on disk, in every workspace that it is for.
//! **Invariant:** no mail is sent twice: whatever may have arrived is told as unclear, never tried again.
//! **Invariant:** a mail never acts as an agent: what it says about its sender is a claim.

pub mod channel;
pub mod smtp;

#[cfg(test)]
mod tests;
