//! What the search index keeps of conversations and messages, read when it is due.

use std::collections::{BTreeMap, BTreeSet};

use base::Result;
use journal::Cx;
use search::Source;

use crate::model::{ConversationId, Delivery};
use crate::store::conversation::{Subject, list_ids_after, list_subjects};
use crate::store::message::{Message, list_for_search, list_message_ids_after};

pub const KIND: &str = "conversation";
pub const MESSAGE: &str = "message";

/// Subjects.
pub struct Subjects;

impl Source for Subjects {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn load(&self, cx: &mut Cx, ids: &[i64]) -> Result<Vec<search::Entry>> {
        let entry = |c: Subject| search::Entry {
            id: c.id.0,
            at: c.created_at,
            title: format!("{} #{}", c.subject, c.number),
            text: String::new(),
            parent: c.id.0,
        };
        Ok(list_subjects(cx, ids)?.into_iter().map(entry).collect())
    }

    fn ids_after(&self, cx: &mut Cx, after: i64, limit: i64) -> Result<Vec<i64>> {
        list_ids_after(cx, after, limit)
    }
}

/// What was written; what was taken back is not found.
pub struct Messages;

impl Source for Messages {
    fn kind(&self) -> &'static str {
        MESSAGE
    }

    fn load(&self, cx: &mut Cx, ids: &[i64]) -> Result<Vec<search::Entry>> {
        let mut messages = list_for_search(cx, ids)?;
        messages.retain(|message| message.delivery != Some(Delivery::Withdrawn));
        let threads: BTreeSet<i64> = messages.iter().map(|message| message.conversation_id.0).collect();
        let threads: Vec<i64> = threads.into_iter().collect();
        let subjects: BTreeMap<ConversationId, String> =
            list_subjects(cx, &threads)?.into_iter().map(|c| (c.id, c.subject)).collect();
        let entry = |message: Message| search::Entry {
            id: message.id.0,
            at: message.created_at,
            title: subjects.get(&message.conversation_id).cloned().unwrap_or_default(),
            text: message.text,
            parent: message.conversation_id.0,
        };
        Ok(messages.into_iter().map(entry).collect())
    }

    fn ids_after(&self, cx: &mut Cx, after: i64, limit: i64) -> Result<Vec<i64>> {
        list_message_ids_after(cx, after, limit)
    }
}
