//! After a restore: what was on its way when the backup was made may have arrived since.

use base::Result;
use journal::{Cx, Note};

use crate::events;
use crate::store::message::set_unknown_on_the_way;

const AT_ONCE: i64 = 50;

/// Marks some of the outgoing messages that were held, queued or begun as unknown, so that people decide
/// whether they are sent again. To be called until it answers that there were none.
pub fn doubt_outgoing(cx: &mut Cx) -> Result<bool> {
    let doubted = set_unknown_on_the_way(cx, AT_ONCE)?;
    for (message, conversation) in &doubted {
        let note = Note::new(events::UNKNOWN, "conversation", conversation.0).with("message", *message);
        cx.record(note)?;
    }
    Ok(!doubted.is_empty())
}

/// The same in a database of any version, without telling anybody.
pub fn doubt_rows(tx: &mut ::store::Tx) -> Result<()> {
    set_unknown_on_the_way(tx, i64::MAX).map(drop)
}
