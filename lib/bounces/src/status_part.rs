//! Delivery status in its own part (RFC 3464), and inside the text of reports whose parts were lost.

use crate::{
    block::{Block, blocks, typed},
    code::Status,
    judge::Told,
    report::Action,
};

/// Recipients beyond these are left out: a report names as many as the mail had.
const MOST: usize = 1_000;

/// What the blocks of a delivery status say, one for each recipient.
pub(crate) fn read(part: &str) -> Vec<Told> {
    blocks(part).iter().filter_map(recipient).take(MOST).collect()
}

fn recipient(block: &Block) -> Option<Told> {
    let last = block.first("final-recipient").or_else(|| block.first("x-actual-recipient"));
    let first = block.first("original-recipient");
    let named = last.or(first)?;
    let (kind, diagnostic) = typed(block.first("diagnostic-code").unwrap_or_default());
    let address = |value: &str| bare(typed(value).1).to_owned();
    let action = block.first("action").map(str::to_lowercase).unwrap_or_default();
    Some(Told {
        recipient: address(named),
        original_recipient: first.map(address).filter(|first| !first.is_empty()),
        action: match action.split_whitespace().next() {
            Some("failed" | "failure") => Some(Action::Failed),
            Some("delayed") => Some(Action::Delayed),
            Some("delivered" | "relayed" | "expanded") => Some(Action::Delivered),
            _ => None,
        },
        status: block.first("status").and_then(Status::read),
        diagnostic: diagnostic.to_owned(),
        local: kind.eq_ignore_ascii_case("x-unix"),
        around: String::new(),
    })
}

/// An address without brackets.
pub(crate) fn bare(address: &str) -> &str {
    address.trim().trim_start_matches('<').trim_end_matches('>').trim()
}
