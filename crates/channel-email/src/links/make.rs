//! Makes the links of a message, once.

use base::Result;
use conversations::model::MessageId;
use conversations::store::attachment::{Attachment, list_attachments};
use conversations::store::message::add_mark;
use journal::{Cx, settings};

use super::choose::choose;
use super::link::Link;
use super::settings::{FileLinks, reaches_others};
use super::store::{insert_link, list_links, set_until};

/// What marks a message some of whose files went as links.
pub const MARK: &str = "linked_files";

const DAY_SECONDS: i64 = 86_400;

/// A link with the file that it leads to.
#[derive(Clone, Debug)]
pub struct Linked {
    pub link: Link,
    pub file: Attachment,
}

/// The links of a message; with `fresh`, those that its size asks for are made.
pub fn links(cx: &mut Cx, message: MessageId, language: &str, fresh: bool) -> Result<Vec<Linked>> {
    let files: Vec<Attachment> =
        list_attachments(cx, &[message])?.into_iter().filter(|file| !file.inline).collect();
    if fresh {
        make(cx, message, language, &files)?;
    }
    let links = list_links(cx, message)?;
    let with_file = |link: Link| {
        let file = files.iter().find(|file| file.id == link.attachment_id)?.clone();
        Some(Linked { link, file })
    };
    Ok(links.into_iter().filter_map(with_file).collect())
}

/// The links of a message that goes out later than was thought: those that would soon lead nowhere have their whole
/// time again, since a link that is dead on arrival helps nobody. What was withdrawn stays so.
pub fn links_anew(cx: &mut Cx, message: MessageId) -> Result<Vec<Linked>> {
    let whole = settings::get::<FileLinks>(cx)?.days * DAY_SECONDS;
    let (soon, until) = (cx.now().plus_seconds(whole / 2), cx.now().plus_seconds(whole));
    set_until(cx, message, soon, until)?;
    links(cx, message, "", false)
}

fn make(cx: &mut Cx, message: MessageId, language: &str, files: &[Attachment]) -> Result<()> {
    let settings: FileLinks = settings::get(cx)?;
    if !reaches_others(cx.public_url()) {
        return Ok(());
    }
    let sizes: Vec<i64> = files.iter().map(|file| file.size).collect();
    let chosen = choose(&sizes, &settings);
    for at in &chosen {
        let link = Link {
            id: cx.new_id(),
            message_id: message,
            attachment_id: files[*at].id,
            language: language.to_owned(),
            expires_at: cx.now().plus_seconds(settings.days * DAY_SECONDS),
            ended: false,
        };
        insert_link(cx, &link)?;
    }
    match chosen.is_empty() {
        true => Ok(()),
        false => add_mark(cx, message, MARK),
    }
}
