//! The own conversations of a customer who has proven who it is.

use base::{Result, Time};
use conversations::model::{ConversationId, Status};
use customers::CustomerId;
use journal::Cx;
use serde::Serialize;
use store::{p, row};

use super::lines::Line;

row! {
    #[derive(Clone, Debug, Serialize)]
    pub struct Own {
        pub id: ConversationId, pub number: i64, pub subject: String, pub status: Status, pub channel: String,
        pub last_at: Time,
    }
}

/// Newest first, as [`people::Scope::Customer`] sees them.
pub fn list_own(cx: &mut Cx, customer: CustomerId) -> Result<Vec<Own>> {
    cx.all(
        "SELECT c.id, c.number, c.subject, c.status, c.channel, c.last_activity_at FROM conversations c
         WHERE c.requester_id = $1 AND c.shelf <> 'bin' AND c.shelf <> 'spam' ORDER BY c.id DESC LIMIT 20",
        p![customer],
    )
}

/// What was said to and by the customer, oldest first; of a conversation that was found within the scope.
pub fn list_messages(cx: &mut Cx, conversation: ConversationId) -> Result<Vec<Line>> {
    let mut lines: Vec<Line> = cx.all(
        "SELECT 0, m.id, m.conversation_id, NULL, m.direction = 'out', NULL, m.author_id, m.html, m.text,
             m.delivery, m.created_at
         FROM messages m WHERE m.conversation_id = $1 AND m.kind = 'message'
             AND CAST(m.marks AS TEXT) NOT LIKE '%not_participant%'
             AND (m.delivery IS NULL OR m.delivery NOT IN ('held', 'queued', 'withdrawn', 'failed'))
         ORDER BY m.id DESC LIMIT 50",
        p![conversation],
    )?;
    lines.reverse();
    Ok(lines)
}
