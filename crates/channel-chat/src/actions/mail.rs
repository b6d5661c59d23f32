//! From chat to mail: answers that stay unread, and transcripts; each goes out once.

use base::Result;
use base::error::{conflict, too_many};
use conversations::channel::{Outcome, Outgoing, Stored, channels};
use conversations::model::{MessageId, Party, Recipients};
use conversations::store::attachment::list_attachments;
use conversations::store::conversation::find_any;
use conversations::store::people::{Participant, insert_participant};
use journal::{Cx, JobRun, settings};
use serde_json::json;

use super::hands;
use crate::jobs::{LookUnread, SendMailing};
use crate::letter::{self, Said};
use crate::model::{ChatRules, MailingId, MailingKind, MailingState, VisitorId, veiled};
use crate::store::lines::{Line, list_before, list_unread, set_mailed};
use crate::store::mailings::{Mailing, count_transcripts, find_mailing_locked, insert_mailing, set_mailing};
use crate::store::visitors::{Visitor, get_visitor_locked};

const TRANSCRIPT_PAUSE_SECONDS: i64 = 600;
const TRANSCRIPTS_A_DAY: i64 = 3;
const DAY_SECONDS: i64 = 24 * 3600;
/// Lines of one transcript.
const MOST_LINES: i64 = 500;
/// With the back-off of jobs these are about four days.
pub const ATTEMPTS: i64 = 100;

/// Looks after the time of the rules whether the answers were read, where mail could be sent at all.
pub fn look_later(cx: &mut Cx, visitor: &Visitor) -> Result<()> {
    let after = settings::get::<ChatRules>(cx)?.mail_after_seconds;
    if after == 0 || visitor.email.is_none() {
        return Ok(());
    }
    let Some(oldest) = list_unread(cx, visitor.id, visitor.read_id)?.into_iter().next() else {
        return Ok(());
    };
    let at = oldest.created_at.plus_seconds(after).max(cx.now());
    cx.later_at(&LookUnread { visitor: visitor.id }, at)
}

/// What is still unread when its time has come goes out in one mail. The job ends here, in the same
/// transaction: what comes later puts down another one.
pub fn look(cx: &mut Cx, run: &JobRun, id: VisitorId) -> Result<()> {
    run.finish(cx)?;
    let after = settings::get::<ChatRules>(cx)?.mail_after_seconds;
    let visitor = get_visitor_locked(cx, id)?;
    let Some(email) = visitor.email.clone().filter(|_| after > 0 && visitor.banned_at.is_none()) else {
        return Ok(());
    };
    let lines = list_unread(cx, id, visitor.read_id)?;
    let Some(oldest) = lines.first() else { return Ok(()) };
    if oldest.created_at.plus_seconds(after) > cx.now() {
        return look_later(cx, &visitor);
    }
    // One mail for each conversation: its answer must land where it belongs.
    let conversation = oldest.conversation_id;
    let (now, later): (Vec<Line>, Vec<Line>) =
        lines.into_iter().partition(|l| l.conversation_id == conversation);
    let mailing = put_down(cx, &visitor, MailingKind::Answers, &email, &now)?;
    for line in &now {
        set_mailed(cx, id, line.line, mailing)?;
    }
    if !later.is_empty() {
        look_later(cx, &visitor)?;
    }
    hands::tell_changed(cx, conversation)
}

/// The visitor asks for the thread as a mail. Answers to which address, as far as it may be told.
pub fn transcript(cx: &mut Cx, id: VisitorId) -> Result<String> {
    let visitor = get_visitor_locked(cx, id)?;
    let missing = || conflict("no_address", "Leave an address first.");
    let email = visitor.email.clone().ok_or_else(missing)?;
    let (today, last) = count_transcripts(cx, id, cx.now().plus_seconds(-DAY_SECONDS))?;
    let soon = last.is_some_and(|at| at.plus_seconds(TRANSCRIPT_PAUSE_SECONDS) > cx.now());
    if soon || today >= TRANSCRIPTS_A_DAY {
        return Err(too_many("too_many_requests", "A transcript was sent just now. Wait a little."));
    }
    let mut lines = list_before(cx, id, i64::MAX, MOST_LINES)?;
    lines.reverse();
    if lines.is_empty() {
        return Err(conflict("chat_not_begun", "Write something first."));
    }
    put_down(cx, &visitor, MailingKind::Transcript, &email, &lines)?;
    Ok(veiled(&email))
}

fn put_down(
    cx: &mut Cx,
    visitor: &Visitor,
    kind: MailingKind,
    email: &str,
    lines: &[Line],
) -> Result<MailingId> {
    let conversation_id = lines.last().map(|l| l.conversation_id).or(visitor.conversation_id);
    let conversation_id =
        conversation_id.ok_or_else(|| base::error::internal("lines without a conversation"))?;
    let id: MailingId = cx.new_id();
    let mail = channels(&cx.registry()).get("email").ok();
    let source_id = mail.map(|mail| mail.new_source_id(MessageId(id.0), None)).unwrap_or_default();
    let messages: Vec<MessageId> = lines.iter().map(|line| line.message_id).collect();
    let mailing = Mailing {
        id,
        visitor_id: visitor.id,
        conversation_id,
        kind,
        recipient: email.to_owned(),
        message_ids: json!(messages),
        state: MailingState::Queued,
        error: None,
        source_id,
        created_at: cx.now(),
    };
    insert_mailing(cx, &mailing)?;
    cx.later(&SendMailing { mailing: id })?;
    Ok(id)
}

/// Commits that sending begins, before the first byte leaves the house; what was begun before is never
/// begun again.
pub fn begin(cx: &mut Cx, run: &JobRun, id: MailingId) -> Result<Option<Box<Outgoing>>> {
    let Some(mailing) = find_mailing_locked(cx, id)? else {
        run.finish(cx)?;
        return Ok(None);
    };
    match mailing.state {
        MailingState::Queued => {
            let letter = outgoing(cx, &mailing)?;
            set_mailing(cx, id, MailingState::Sending, None)?;
            Ok(Some(Box::new(letter)))
        }
        MailingState::Sending => {
            let why = "The program stopped while this was being sent.";
            set_mailing(cx, id, MailingState::Unknown, Some(why))?;
            run.finish(cx)?;
            Ok(None)
        }
        _ => run.finish(cx).map(|()| None),
    }
}

fn outgoing(cx: &mut Cx, mailing: &Mailing) -> Result<Outgoing> {
    let visitor = get_visitor_locked(cx, mailing.visitor_id)?;
    let missing = || base::error::internal("a mailing without its conversation");
    let c = find_any(cx, mailing.conversation_id)?.ok_or_else(missing)?;
    let mail = channels(&cx.registry()).get("email")?;
    let from = mail.sender(cx, None, c.brand_id)?;
    let locale = visitor.locale.clone().unwrap_or_default();
    let messages: Vec<MessageId> = serde_json::from_value(mailing.message_ids.clone())?;
    let (said, author_name) = said(cx, &visitor, &messages, &locale)?;
    let letter = letter::write(mailing.kind, &locale, &said);
    let attachments = match mailing.kind {
        MailingKind::Answers => files(cx, &messages)?,
        MailingKind::Transcript => Vec::new(),
    };
    let to = Party { name: visitor.name.clone(), address: mailing.recipient.clone() };
    if mailing.kind == MailingKind::Answers {
        join(cx, &visitor, &c, &mailing.recipient)?;
    }
    let subject = if c.subject.trim().is_empty() { letter::subject(&locale).to_owned() } else { c.subject };
    Ok(Outgoing {
        message: MessageId(mailing.id.0),
        conversation: c.id,
        answers_to: c.id.0,
        number: c.number,
        subject,
        account: None,
        author_name,
        author: None,
        html: letter.html,
        text: letter.text,
        quoted: None,
        recipients: Recipients { from, to: vec![to], cc: Vec::new(), bcc: Vec::new() },
        attachments,
        source_id: mailing.source_id.clone(),
        references: Vec::new(),
        created_at: cx.now(),
        automatic: false,
    })
}

/// Whoever answers the mail takes part in the conversation from now on.
fn join(
    cx: &mut Cx,
    visitor: &Visitor,
    c: &conversations::store::conversation::Conversation,
    email: &str,
) -> Result<()> {
    let name = Some(visitor.name.as_str()).filter(|name| !name.is_empty());
    let kind = customers::IdentityKind::Email;
    let customer_id = customers::recognise(cx, kind, email, name, false)?.customer;
    if customer_id == c.requester_id {
        return Ok(());
    }
    let place = conversations::model::ParticipantKind::To;
    insert_participant(cx, c.id, &Participant { customer_id, address: email.to_owned(), kind: place })
}

fn said(cx: &mut Cx, visitor: &Visitor, ids: &[MessageId], locale: &str) -> Result<(Vec<Said>, String)> {
    let (mut said, mut author) = (Vec::new(), String::new());
    for id in ids {
        let Some(line) = crate::store::lines::find_line(cx, visitor.id, *id)? else { continue };
        let name = match line.author_id.filter(|_| line.outgoing) {
            Some(agent) => {
                author = people::agent(cx, people::AgentId(agent))?.name;
                author.clone()
            }
            None => letter::you(locale).to_owned(),
        };
        said.push(Said { name, at: line.created_at, html: line.html, text: line.text });
    }
    Ok((said, author))
}

fn files(cx: &mut Cx, messages: &[MessageId]) -> Result<Vec<Stored>> {
    let found = list_attachments(cx, messages)?;
    Ok(found
        .into_iter()
        .map(|a| Stored {
            name: a.name,
            content_type: a.content_type,
            size: a.size,
            blob: a.blob,
            inline: a.inline,
            content_id: a.content_id,
        })
        .collect())
}

/// Stores how it ended. Answers whether the job is done.
pub fn end(cx: &mut Cx, run: &JobRun, id: MailingId, outcome: &Outcome, last: bool) -> Result<bool> {
    let (state, why) = match outcome {
        Outcome::Delivered => (MailingState::Sent, None),
        Outcome::Postponed(why) if !last => (MailingState::Queued, Some(why)),
        Outcome::Postponed(why) | Outcome::Refused(why) => (MailingState::Failed, Some(why)),
        Outcome::Unclear(why) => (MailingState::Unknown, Some(why)),
    };
    let why = why.map(|why| base::text::cut(&base::text::without_nul(why), 500).to_owned());
    set_mailing(cx, id, state, why.as_deref())?;
    if state == MailingState::Queued {
        return Ok(false);
    }
    run.finish(cx)?;
    if let Some(mailing) = find_mailing_locked(cx, id)? {
        hands::tell_changed(cx, mailing.conversation_id)?;
    }
    Ok(true)
}
