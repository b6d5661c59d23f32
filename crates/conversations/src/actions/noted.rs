//! A note that nobody typed at the desk, as it stands behind the messages.

use base::Result;
use journal::{Cx, Note};
use people::AgentId;
use serde_json::json;

use crate::events;
use crate::model::{Author, ConversationId, MessageId, MessageKind, Party, Recipients};
use crate::store::message::{Message, insert_message};

/// What the note says, and by whom.
pub(super) struct Noted<'a> {
    /// Absent when nobody has proven who wrote it; then `claimed` says who it might have been.
    pub agent: Option<AgentId>,
    pub claimed: Option<&'a Party>,
    pub html: &'a str,
    pub text: &'a str,
    pub marks: &'a [String],
    /// Who should look at it.
    pub mentions: &'a [AgentId],
    pub raw_id: Option<i64>,
}

/// Lists go on showing what stands in front.
pub(super) fn put(cx: &mut Cx, conversation: ConversationId, noted: &Noted<'_>) -> Result<MessageId> {
    let recipients =
        noted.claimed.map(|from| Recipients { from: Some(from.clone()), ..Recipients::default() });
    let author = if noted.agent.is_some() { Author::Agent } else { Author::System };
    let message = Message {
        kind: MessageKind::Note,
        channel: "note".to_owned(),
        author_id: noted.agent.map(|agent| agent.0),
        author_verified: noted.agent.is_some(),
        recipients: recipients.map(|recipients| json!(recipients)),
        mentions: json!(noted.mentions),
        marks: json!(noted.marks),
        raw_id: noted.raw_id,
        ..Message::new(cx, conversation, author, noted.html, noted.text)
    };
    insert_message(cx, &message)?;
    let told = Note::new(events::NOTED, "conversation", conversation.0).with("message", message.id);
    cx.record(told.with("mentions", noted.mentions))?;
    Ok(message.id)
}
