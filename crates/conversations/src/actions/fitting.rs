//! Whether the files of a message are few enough for its channel.

use base::Result;
use base::error::invalid;
use journal::Cx;

use crate::channel::channels;
use crate::store::attachment::list_attachments;
use crate::store::message::Message;

/// Refuses at writing, where somebody can still do something about it; `field` is where the files come from. What is
/// only written down here goes by no channel.
pub(super) fn must_fit(cx: &mut Cx, message: &Message, field: &'static str) -> Result<()> {
    if message.delivery.is_none() {
        return Ok(());
    }
    let most = channels(&cx.registry()).get(&message.channel)?.most_file_bytes(cx)?;
    let files = list_attachments(cx, &[message.id])?;
    let size: i64 = files.iter().map(|file| file.size).sum();
    if size > most {
        let sentence = format!("These files are too much for one mail: {} MB together.", most / 1024 / 1024);
        return Err(invalid("attachments_too_large", sentence).field(field));
    }
    Ok(())
}
