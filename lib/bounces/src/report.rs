//! What a report says: about which mail, whom, and why.

use crate::{code::Status, reason::Reason};

/// A report about mail that was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// What became of it, per recipient.
    pub fates: Vec<Fate>,
    /// The mail that the report is about.
    pub original: Original,
}

/// The mail that a report returns, wholly or by its header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Original {
    /// Its Message-ID and the ids that it answered, without angle brackets; its own first.
    pub message_ids: Vec<String>,
}

/// What became of a mail for one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fate {
    /// Where it finally failed.
    pub recipient: String,
    /// Whom the sender wrote to, when the report tells (RFC 3464 section 2.3.1).
    pub original_recipient: Option<String>,
    /// What happened.
    pub action: Action,
    /// The enhanced status (RFC 3463), when one is named.
    pub status: Option<Status>,
    /// The reply of SMTP (RFC 5321 section 4.2), when one is named that fits the status.
    pub reply: Option<u16>,
    /// The class of the cause.
    pub reason: Reason,
    /// Words of the server that refused it, on one line.
    pub diagnostic: String,
    /// Whether the same may work later.
    pub temporary: bool,
}

impl Fate {
    /// Nobody can be reached at this address, now or later: it should not be written to again.
    #[must_use]
    pub fn is_hard(&self) -> bool {
        self.reason.is_hard()
    }
}

/// What was done with a mail (RFC 3464 section 2.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Action {
    /// It was given up.
    #[default]
    Failed,
    /// It is tried further.
    Delayed,
    /// It arrived.
    Delivered,
}
