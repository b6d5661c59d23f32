//! Pictures that agents put into what they write go along inside of it: as parts that the text names.

use base::Result;
use journal::Cx;

use super::attach::attach;
use super::fitting::must_fit;
use super::upload::tie_uploads;
use crate::channel::Stored;
use crate::model::AttachmentId;
use crate::present::url;
use crate::store::attachment::{Attachment, find_attachment, list_attachments, set_inline, set_message};
use crate::store::message::{Message, set_html};

/// How the address of a file of ours stands in the text.
const MARK: &str = "\"/api/files/";
/// More pictures than this in one text stay as they are.
const MOST_PICTURES: usize = 50;

/// Ties uploads to their message, and puts those inside of its text that stand there. All its files have to fit.
pub(super) fn enclose(cx: &mut Cx, uploads: &[AttachmentId], message: &Message) -> Result<()> {
    tie_uploads(cx, uploads, message.id)?;
    place(cx, message)?;
    must_fit(cx, message, "upload_ids")
}

/// Makes every picture of ours a part of the message, and lets the text name it so.
fn place(cx: &mut Cx, message: &Message) -> Result<()> {
    if !message.html.contains(MARK) {
        return Ok(());
    }
    let mut html = message.html.clone();
    for token in tokens(&message.html) {
        let Some(file) = file(cx, message, &token)? else { continue };
        let cid = file.content_id.clone().unwrap_or_else(|| format!("{}.picture", file.id));
        let address = format!("\"{}\"", url(&Attachment { token, ..file.clone() }));
        if html.contains(&address) {
            html = html.replace(&address, &format!("\"cid:{cid}\""));
            set_inline(cx, file.id, &cid)?;
        }
    }
    set_html(cx, message.id, &html)
}

fn tokens(html: &str) -> Vec<String> {
    let mut tokens: Vec<String> = html
        .split(MARK)
        .skip(1)
        .filter_map(|rest| rest.split_once('/').map(|(token, _)| token.to_owned()))
        .filter(|token| token.len() < 100)
        .take(MOST_PICTURES)
        .collect();
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

/// The file in the message: one that was attached, an own upload, or a copy of one that the author sees
/// elsewhere.
fn file(cx: &mut Cx, message: &Message, token: &str) -> Result<Option<Attachment>> {
    let attached = list_attachments(cx, &[message.id])?.into_iter().find(|file| file.token == token);
    if attached.is_some() {
        return Ok(attached);
    }
    let (scope, uploader) = (people::scope(cx)?, cx.caller().key());
    let Some(found) = find_attachment(cx, &scope, &uploader, token)? else { return Ok(None) };
    if found.message_id.is_none() {
        let tied = set_message(cx, found.id, &uploader, message.id)?;
        return Ok(tied.then_some(found));
    }
    let stored = Stored {
        name: found.name,
        content_type: found.content_type,
        size: found.size,
        blob: found.blob,
        inline: true,
        content_id: None,
    };
    attach(cx, message.id, "forward", &stored).map(Some)
}
