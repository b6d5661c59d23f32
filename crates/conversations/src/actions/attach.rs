//! Names a file whose bytes are in the blob store.

use base::Result;
use journal::Cx;

use crate::channel::Stored;
use crate::model::MessageId;
use crate::store::attachment::{Attachment, insert_attachment};

/// Message 0 is one that is still to be written.
pub(super) fn attach(cx: &mut Cx, message: MessageId, uploader: &str, stored: &Stored) -> Result<Attachment> {
    let file = Attachment {
        id: cx.new_id(),
        message_id: Some(message).filter(|m| m.0 != 0),
        uploader: uploader.to_owned(),
        name: stored.name.clone(),
        content_type: stored.content_type.clone(),
        size: stored.size,
        blob: stored.blob.clone(),
        token: base::secrets::new_token(),
        inline: stored.inline,
        content_id: stored.content_id.clone(),
        created_at: cx.now(),
    };
    insert_attachment(cx, &file)?;
    Ok(file)
}
