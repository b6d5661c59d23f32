//! Complaint reports of mailbox providers (ARF, RFC 5965).

use crate::{
    block::{blocks, header},
    given::Given,
    status_part::bare,
};

/// Somebody has called a mail of ours spam, or another complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// `abuse`, `fraud`, `not-spam` and others (RFC 5965 section 7.3), in lower case.
    pub kind: String,
    /// Whose mailbox it was in, when the provider tells.
    pub recipient: Option<String>,
    /// Message-ID of the mail, without angle brackets.
    pub message_id: Option<String>,
}

/// The complaint that a mail reports.
#[must_use]
pub fn complaint(given: &Given<'_>) -> Option<Complaint> {
    let part = given.piece(&["message/feedback-report"])?;
    let report = blocks(part);
    let field = |name: &str| report.iter().find_map(|block| block.first(name));
    let returned = given.piece(crate::delivery::RETURNED).and_then(header);
    let sent = |name: &str| returned.as_ref().and_then(|block| block.first(name));
    let recipient = field("original-rcpt-to").or_else(|| sent("to")).map(|to| {
        let inner = to.rsplit_once('<').map_or(to, |(_, inner)| inner);
        bare(inner).to_owned()
    });
    Some(Complaint {
        kind: field("feedback-type").unwrap_or("other").trim().to_lowercase(),
        recipient: recipient.filter(|to| to.contains('@') && to.len() <= 320),
        message_id: sent("message-id").map(|id| bare(id).to_owned()).filter(|id| !id.is_empty()),
    })
}
