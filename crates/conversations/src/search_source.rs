//! What the search index keeps of conversations and messages, read when it is due.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use base::Result;
use journal::Cx;
use search::Source;

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

    fn load(&self, cx: &mut Cx, ids: &[i64]) -> Result<Vec<search::Entry>> {
        let mut entries = Vec::new();
        for id in ids {
            if let Some(c) = find_any(cx, ConversationId(*id))? {
                let title = format!("{} #{}", c.subject, c.number);
                entries.push(search::Entry {
                    id: *id,
                    at: c.created_at,
                    title,
                    text: String::new(),
                    parent: *id,
                });
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

    fn load(&self, cx: &mut Cx, ids: &[i64]) -> Result<Vec<search::Entry>> {
        let mut subjects: BTreeMap<ConversationId, String> = BTreeMap::new();
        let mut entries = Vec::new();
        for message in list_for_search(cx, ids)? {
            if message.delivery == Some(Delivery::Withdrawn) {
                continue;
            }
            let id = message.conversation_id;
            if let Entry::Vacant(place) = subjects.entry(id) {
                place.insert(find_any(cx, id)?.map(|c| c.subject).unwrap_or_default());
            }
            let title = subjects.get(&id).cloned().unwrap_or_default();
            entries.push(search::Entry {
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
