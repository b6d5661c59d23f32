//! What the search index keeps of conversations and messages, read when it is due.

use std::collections::BTreeMap;

use base::Result;
use journal::Cx;
use search::{Entry, Source};

use crate::model::{ConversationId, Delivery};
use crate::store::conversation::find_any;
use crate::store::message::list_for_search;

pub const KIND: &str = "conversation";
pub const MESSAGE: &str = "message";

/// Subjects.
pub struct Subjects;

impl Source for Subjects {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn load(&self, cx: &mut Cx, ids: &[i64]) -> Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for id in ids {
            if let Some(c) = find_any(cx, ConversationId(*id))? {
                let title = format!("{} #{}", c.subject, c.number);
                entries.push(Entry { id: *id, at: c.created_at, title, text: String::new(), parent: *id });
            }
        }
        Ok(entries)
    }
}

/// What was written; what was taken back is not found.
pub struct Messages;

impl Source for Messages {
    fn kind(&self) -> &'static str {
        MESSAGE
    }

    fn load(&self, cx: &mut Cx, ids: &[i64]) -> Result<Vec<Entry>> {
        let mut subjects: BTreeMap<ConversationId, String> = BTreeMap::new();
        let mut entries = Vec::new();
        for message in list_for_search(cx, ids)? {
            if message.delivery == Some(Delivery::Withdrawn) {
                continue;
            }
            let id = message.conversation_id;
            if !subjects.contains_key(&id) {
                let subject = find_any(cx, id)?.map(|c| c.subject).unwrap_or_default();
                subjects.insert(id, subject);
            }
            let title = subjects.get(&id).cloned().unwrap_or_default();
            entries.push(Entry {
                id: message.id.0,
                at: message.created_at,
                title,
                text: message.text,
                parent: id.0,
            });
        }
        Ok(entries)
    }
}
