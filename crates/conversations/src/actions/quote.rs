//! Earlier messages of a conversation, written out for a third party.

use base::Result;
use base::error::{invalid, not_found};
use journal::Cx;

use super::attach::attach;
use super::text::LARGEST_HTML;
use crate::channel::Stored;
use crate::model::{MessageId, MessageKind, SideId};
use crate::present;
use crate::store::attachment::{Attachment, list_attachments};
use crate::store::conversation::Conversation;
use crate::store::message::{Message, find_message};

/// What goes along below the agent's own words.
#[derive(Default)]
pub(super) struct Quote {
    pub html: Option<String>,
    pub files: Vec<Attachment>,
}

impl Quote {
    /// The same files once more, as those of the message that quotes them.
    pub fn attach(&self, cx: &mut Cx, message: MessageId) -> Result<()> {
        for file in &self.files {
            attach(cx, message, "forward", &stored(file))?;
        }
        Ok(())
    }
}

fn stored(file: &Attachment) -> Stored {
    Stored {
        name: file.name.clone(),
        content_type: file.content_type.clone(),
        size: file.size,
        blob: file.blob.clone(),
        inline: file.inline,
        content_id: file.content_id.clone(),
    }
}

const MOST_QUOTED: usize = 20;
const MOST_FILES: usize = 30;

/// Notes are never quoted, and what goes on beside with one third party is quoted to no other.
pub(super) fn quote(
    cx: &mut Cx,
    c: &Conversation,
    ids: &[MessageId],
    with_files: bool,
    side: SideId,
) -> Result<Quote> {
    if ids.len() > MOST_QUOTED {
        let sentence = format!("At most {MOST_QUOTED} messages can be forwarded at once.");
        return Err(invalid("quotes_too_many", sentence).field("message_ids"));
    }
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let scope = people::scope(cx)?;
    let mut found = Vec::new();
    for id in &ids {
        let message = find_message(cx, &scope, *id)?.filter(|message| message.conversation_id == c.id);
        let message = message.ok_or_else(|| not_found("quote_unknown").field("message_ids"))?;
        let other = message.kind == MessageKind::Side && message.side_id != Some(side);
        if message.kind == MessageKind::Note || other {
            let sentence = "Notes and what went to other third parties are never forwarded.";
            return Err(invalid("quote_note", sentence).field("message_ids"));
        }
        found.push(message);
    }
    let mut files = list_attachments(cx, &ids)?;
    // Pictures stand inside of the text, so they always go along.
    files.retain(|file| with_files || file.inline);
    if files.len() > MOST_FILES {
        let sentence = format!("At most {MOST_FILES} files can go along.");
        return Err(invalid("uploads_too_many", sentence).field("with_attachments"));
    }
    Ok(Quote { html: written(cx, found)?, files })
}

fn written(cx: &mut Cx, found: Vec<Message>) -> Result<Option<String>> {
    let bodies: Vec<String> = found.iter().map(|message| message.html.clone()).collect();
    let mut html = String::new();
    for (shown, body) in present::messages(cx, found)?.into_iter().zip(bodies) {
        let at = shown.contact.as_ref().map_or(shown.created_at, |contact| contact.occurred_at);
        let at = at.stamp().strftime("%Y-%m-%d %H:%M UTC");
        let name = markup::text_to_html(&format!("{} · {at}", shown.author.name));
        html.push_str(&format!("{name}<blockquote>{body}</blockquote>"));
    }
    if html.len() > LARGEST_HTML {
        let sentence = "These messages are too long for one mail. Choose fewer of them.";
        return Err(invalid("quote_too_large", sentence).field("message_ids"));
    }
    Ok(Some(html).filter(|html| !html.is_empty()))
}
