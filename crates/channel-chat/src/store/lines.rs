//! Lines: the register of what a visitor may see. What stands in no line is shown to no visitor.

use base::{Result, Time};
use conversations::model::{ConversationId, Delivery, MessageId};
use journal::{Cx, Note};
use store::{p, row};

use crate::events::LINE_WRITTEN;
use crate::model::{MailingId, VisitorId};

row! {
    /// A line with the message that it stands for.
    #[derive(Clone, Debug)]
    pub struct Line {
        pub line: i64,
        pub message_id: MessageId,
        pub conversation_id: ConversationId,
        pub client_id: Option<String>,
        pub outgoing: bool,
        pub mailing_id: Option<MailingId>,
        pub author_id: Option<i64>,
        pub html: String,
        pub text: String,
        pub delivery: Option<Delivery>,
        pub created_at: Time,
    }
}

const LINE: &str = "SELECT l.line, l.message_id, l.conversation_id, l.client_id, l.outgoing, l.mailing_id,
    m.author_id, m.html, m.text, m.delivery, m.created_at
    FROM chat_lines l JOIN messages m ON m.id = l.message_id";

/// Once per message and visitor, with its event: a message that is delivered again stays where it is. Answers the
/// number of a new line.
pub fn put_line(
    cx: &mut Cx,
    visitor: VisitorId,
    message: MessageId,
    conversation: ConversationId,
    client_id: Option<&str>,
) -> Result<Option<i64>> {
    let there: Option<(i64,)> = cx
        .opt("SELECT line FROM chat_lines WHERE message_id = $1 AND visitor_id = $2", p![message, visitor])?;
    if there.is_some() {
        return Ok(None);
    }
    let line = super::visitors::next_line(cx, visitor)?;
    let outgoing = client_id.is_none();
    cx.exec(
        "INSERT INTO chat_lines (visitor_id, line, message_id, conversation_id, client_id, outgoing)
         VALUES ($1, $2, $3, $4, $5, $6)",
        p![visitor, line, message, conversation, client_id, outgoing],
    )?;
    let note = Note::new(LINE_WRITTEN, "conversation", conversation.0);
    cx.record(note.with("message", message).with("visitor", visitor))?;
    Ok(Some(line))
}

pub fn find_by_client(cx: &mut Cx, visitor: VisitorId, client_id: &str) -> Result<Option<Line>> {
    cx.opt(format!("{LINE} WHERE l.visitor_id = $1 AND l.client_id = $2"), p![visitor, client_id])
}

pub fn find_line(cx: &mut Cx, visitor: VisitorId, message: MessageId) -> Result<Option<Line>> {
    cx.opt(format!("{LINE} WHERE l.message_id = $1 AND l.visitor_id = $2"), p![message, visitor])
}

/// Oldest first.
pub fn list_after(cx: &mut Cx, visitor: VisitorId, after: i64, most: i64) -> Result<Vec<Line>> {
    let sql = format!("{LINE} WHERE l.visitor_id = $1 AND l.line > $2 ORDER BY l.line LIMIT $3");
    cx.all(sql, p![visitor, after, most])
}

/// Newest first.
pub fn list_before(cx: &mut Cx, visitor: VisitorId, before: i64, most: i64) -> Result<Vec<Line>> {
    let sql = format!("{LINE} WHERE l.visitor_id = $1 AND l.line < $2 ORDER BY l.line DESC LIMIT $3");
    cx.all(sql, p![visitor, before, most])
}

/// Answers that the visitor has neither read nor got by mail, oldest first.
pub fn list_unread(cx: &mut Cx, visitor: VisitorId, read: MessageId) -> Result<Vec<Line>> {
    let sql = format!(
        "{LINE} WHERE l.visitor_id = $1 AND l.outgoing AND l.message_id > $2 AND l.mailing_id IS NULL
         ORDER BY l.line LIMIT 50"
    );
    cx.all(sql, p![visitor, read])
}

pub fn set_mailed(cx: &mut Cx, visitor: VisitorId, line: i64, mailing: MailingId) -> Result<()> {
    cx.exec(
        "UPDATE chat_lines SET mailing_id = $3 WHERE visitor_id = $1 AND line = $2 AND mailing_id IS NULL",
        p![visitor, line, mailing],
    )
    .map(drop)
}

/// Gives a line to another visitor, at the end of its thread.
pub fn move_line(cx: &mut Cx, from: VisitorId, line: i64, to: VisitorId) -> Result<()> {
    let new = super::visitors::next_line(cx, to)?;
    cx.exec(
        "UPDATE chat_lines SET visitor_id = $3, line = $4 WHERE visitor_id = $1 AND line = $2",
        p![from, line, to, new],
    )
    .map(drop)
}
