//! Read receipts (message disposition notifications, RFC 8098).

use crate::{
    block::{blocks, typed},
    given::Given,
    status_part::bare,
};

/// What somebody's mail program did with a mail of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Whose mail program.
    pub recipient: String,
    /// `displayed`, `deleted` and others (RFC 8098 section 3.2.6.2), in lower case.
    pub what: String,
    /// Message-ID of the mail, without angle brackets.
    pub message_id: Option<String>,
}

/// The receipt that a mail is.
#[must_use]
pub fn receipt(given: &Given<'_>) -> Option<Receipt> {
    let part =
        given.piece(&["message/disposition-notification", "message/global-disposition-notification"])?;
    let report = blocks(part);
    let field = |name: &str| report.iter().find_map(|block| block.first(name));
    let disposition = field("disposition")?;
    let what = disposition.rsplit(';').next().unwrap_or_default();
    Some(Receipt {
        recipient: bare(typed(field("final-recipient").unwrap_or_default()).1).to_owned(),
        what: what.split(['/', ',']).next().unwrap_or_default().trim().to_lowercase(),
        message_id: field("original-message-id").map(|id| bare(id).to_owned()).filter(|id| !id.is_empty()),
    })
}
