//! The note that goes along with a chat which is passed on.

use base::Result;
use base::error::invalid;
use conversations::actions::note::{Input, Note};
use conversations::actions::reply::Clean;
use conversations::model::ConversationId;
use journal::Cx;

const LONGEST_NOTE: usize = 5_000;

/// Written by the one who passes, under the own permissions.
pub fn leave(cx: &mut Cx, id: ConversationId, note: Option<&str>) -> Result<()> {
    let Some(text) = note.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(()) };
    if text.chars().count() > LONGEST_NOTE {
        return Err(invalid("text_too_long", "This note is too long.").field("note"));
    }
    let text = base::text::without_nul(text);
    let html = markup::text_to_html(&text);
    let input = Input {
        conversation_id: Some(id),
        html: html.clone(),
        mentions: Vec::new(),
        upload_ids: Vec::new(),
        clean: Some(Clean { html, text }),
    };
    cx.call::<Note>(&input).map(drop)
}
