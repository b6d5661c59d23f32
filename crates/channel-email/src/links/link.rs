//! A link to one file of one message, until its time has come.

use base::Time;
use conversations::model::{AttachmentId, MessageId};
use store::row;

base::id! {
    /// A link to a file that did not fit into a mail.
    LinkId
}

row! {
    /// Whoever has its address may fetch the file.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Link {
        pub id: LinkId,
        pub message_id: MessageId,
        pub attachment_id: AttachmentId,
        /// In which the mail speaks of it.
        pub language: String,
        pub expires_at: Time,
        /// Somebody has ended it before its time.
        pub ended: bool,
    }
}

impl Link {
    pub fn is_good(&self, now: Time) -> bool {
        !self.ended && now < self.expires_at
    }
}
