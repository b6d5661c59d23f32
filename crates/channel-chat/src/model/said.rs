//! What a visitor sends, and what becomes of it.

use std::collections::BTreeMap;

use base::Result;
use base::error::invalid;
use conversations::model::{AttachmentId, ConversationId, MessageId};

use super::kinds::VisitorId;
use super::page::{Page, Visit};
use super::plain::{LONGEST_TEXT, MOST_FILES, checked_client_id};

/// What a form says, now or later.
#[derive(Clone, Debug, Default)]
pub struct Told {
    pub name: Option<String>,
    pub email: Option<String>,
    pub fields: BTreeMap<String, String>,
}

/// What a visitor sends.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// The name that the visitor's own list has for it: what comes twice is kept once.
    pub client_id: String,
    pub text: String,
    pub upload_ids: Vec<AttachmentId>,
    pub told: Told,
    pub page: Option<Page>,
    pub trail: Vec<Visit>,
    /// Another of the own conversations, for those who have proven who they are.
    pub conversation_id: Option<ConversationId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    Kept {
        visitor: VisitorId,
        message: MessageId,
        repeated: bool,
    },
    /// An agent has shut this visitor out: nothing was opened.
    Blocked,
}

impl Said {
    /// Cleaned, or refused with the field that is wrong.
    pub fn checked(self) -> Result<Said> {
        let text = base::text::without_nul(&self.text).trim().to_owned();
        if text.is_empty() && self.upload_ids.is_empty() {
            return Err(invalid("text_empty", "Write something first.").field("text"));
        }
        if text.chars().count() > LONGEST_TEXT {
            return Err(invalid("text_too_long", "This text is too long.").field("text"));
        }
        if self.upload_ids.len() > MOST_FILES {
            let sentence = format!("At most {} files can be attached.", MOST_FILES);
            return Err(invalid("uploads_too_many", sentence).field("upload_ids"));
        }
        Ok(Said { client_id: checked_client_id(&self.client_id)?, text, ..self })
    }
}
