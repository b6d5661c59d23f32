//! What is heard: everything that changes the words by which something is found.

use base::Result;
use journal::{Cx, Event, Reaction, Start};

use crate::events;
use crate::search_source::{KIND, MESSAGE};

pub fn reactions() -> Vec<Reaction> {
    vec![Reaction {
        name: "conversations.index",
        hears: &[
            events::CREATED,
            events::CHANGED,
            events::RECEIVED,
            events::FILED,
            events::WRITTEN,
            events::NOTED,
            events::LOGGED,
            events::SIDE_WRITTEN,
            events::SIDE_RECEIVED,
            events::WITHDRAWN,
        ],
        start: Start::FromStart,
        ordered: false,
        react: index,
    }]
}

fn index(cx: &mut Cx, event: &Event) -> Result<()> {
    if event.name == events::FILED {
        // It may have begun with this message, and nothing else tells of it.
        search::put_later(cx, KIND, event.subject_id)?;
    }
    match event.reference("message") {
        Some(message) => search::put_later(cx, MESSAGE, message),
        None => search::put_later(cx, KIND, event.subject_id),
    }
}
