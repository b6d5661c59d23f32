//! Makes what screens are shown out of rows.

use base::{Result, Secrets, Time};
use conversations::model::MessageId;
use conversations::store::attachment::{Attachment, list_attachments};
use conversations::store::conversation::find_conversation;
use journal::{Cx, settings};
use people::{AgentId, Scope};

use crate::model::{
    Availability, ChatRow, ChatRules, Page, Proof, ShownChat, ShownFile, ShownMessage, ShownName, ShownPanel,
    ShownState, ShownVisitor, ShownVisitorRow, Standing, Widget,
};
use crate::store::agents::{ChatAgent, find_agent};
use crate::store::chats::{Chat, count_taken_by, list_waits};
use crate::store::lines::Line;
use crate::store::queue::{Offer, list_candidates};
use crate::store::visitors::{Visitor, get_visitor};
use crate::store::widgets::find_widget;
use crate::{hours, pass};

/// Recent chats that tell how long the next one waits.
const WAITS_SINCE_SECONDS: i64 = 14 * 24 * 3600;
const FEWEST_WAITS: usize = 3;

/// A chat in the desk's queue; whoever gets it may see its conversation.
pub fn row(cx: &mut Cx, chat: &Chat) -> Result<ChatRow> {
    let visitor = get_visitor(cx, chat.visitor_id)?;
    let widget = find_widget(cx, chat.widget_id)?;
    let c = find_conversation(cx, &Scope::All, chat.conversation_id)?;
    let (number, subject, preview) = c.map(|c| (c.number, c.subject, c.preview)).unwrap_or_default();
    Ok(ChatRow {
        id: chat.id,
        conversation_id: chat.conversation_id,
        number,
        subject,
        widget_id: chat.widget_id,
        widget_name: widget.map(|widget| widget.settings.name).unwrap_or_default(),
        state: chat.state,
        team_id: chat.team_id,
        taker_id: chat.taker_id,
        offered_to: chat.offered(),
        visitor: ShownVisitorRow {
            email_proof: proof(&visitor),
            online: visitor.is_online(cx.now()),
            page: page(&visitor),
            banned: visitor.banned_at.is_some(),
            name: visitor.name,
            email: visitor.email,
        },
        waiting_since: chat.waiting_since,
        taken_at: chat.taken_at,
        answered_at: chat.answered_at,
        ended_at: chat.ended_at,
        preview,
        version: chat.version,
    })
}

fn proof(visitor: &Visitor) -> Proof {
    match (&visitor.email, visitor.proven) {
        (None, _) => Proof::None,
        (Some(_), true) => Proof::Verified,
        (Some(_), false) => Proof::Claimed,
    }
}

fn page(visitor: &Visitor) -> Option<Page> {
    visitor.trail().into_iter().next().map(|visit| Page { url: visit.url, title: visit.title })
}

/// All that a thread's panel shows.
pub fn panel(visitor: Visitor, now: Time) -> ShownPanel {
    ShownPanel {
        email_proof: proof(&visitor),
        fields: visitor.fields(),
        online: visitor.is_online(now),
        page: page(&visitor),
        trail: visitor.trail(),
        first_at: visitor.created_at,
        read_id: visitor.read_id,
        banned: visitor.banned_at.is_some(),
        verified: visitor.subject.is_some(),
        agent: Some(visitor.browser).filter(|browser| !browser.is_empty()),
        name: visitor.name,
        email: visitor.email,
        locale: visitor.locale,
    }
}

pub fn availability(cx: &mut Cx, agent: AgentId) -> Result<Availability> {
    let found = find_agent(cx, agent)?;
    shown_agent(cx, agent, found.as_ref())
}

pub fn shown_agent(cx: &mut Cx, agent: AgentId, found: Option<&ChatAgent>) -> Result<Availability> {
    Ok(Availability {
        agent_id: agent,
        name: people::agent(cx, agent)?.name,
        state: found.map_or(Standing::Away, |found| found.state),
        chats: count_taken_by(cx, agent)?,
        most: settings::get::<ChatRules>(cx)?.most_chats_per_agent,
        since: found.map(|found| found.since),
    })
}

/// Whether somebody answers on this widget, and when.
pub fn state(cx: &mut Cx, widget: &Widget) -> Result<ShownState> {
    let (team, brand) = (widget.settings.team_id, widget.settings.brand_id);
    let most = settings::get::<ChatRules>(cx)?.most_chats_per_agent;
    let available = !list_candidates(cx, &Offer { team, brand, widened: true, most })?.is_empty();
    let (open, back_at) = hours::open(cx, team)?;
    let waits = list_waits(cx, team, cx.now().plus_seconds(-WAITS_SINCE_SECONDS))?;
    let answer_seconds = median(waits.into_iter().map(|(millis,)| millis / 1000).collect());
    let mode = if available { "chat" } else { "offline" };
    Ok(ShownState { open, available, answer_seconds, back_at, mode: mode.to_owned() })
}

fn median(mut all: Vec<i64>) -> Option<i64> {
    all.sort_unstable();
    (all.len() >= FEWEST_WAITS).then(|| all[all.len() / 2])
}

/// A chat as its visitor sees it.
pub fn chat(cx: &mut Cx, chat: &Chat) -> Result<ShownChat> {
    let agent = match chat.taker_id {
        Some(agent) => Some(ShownName::of(&people::agent(cx, agent)?.name)),
        None => None,
    };
    Ok(ShownChat {
        id: chat.id,
        state: chat.state,
        agent,
        since: chat.taken_at.unwrap_or(chat.waiting_since),
        ended_at: chat.ended_at,
        ended_by: chat.ended_by,
    })
}

pub fn visitor(visitor: &Visitor) -> ShownVisitor {
    let how = if visitor.proven { "signed" } else { "left" };
    ShownVisitor {
        name: visitor.name.clone(),
        email: visitor.email.clone(),
        email_sent: visitor.email.as_ref().map(|_| how.to_owned()),
    }
}

/// Lines with the names and files that belong to them, in the order given.
pub fn messages(cx: &mut Cx, key: &str, lines: Vec<Line>) -> Result<Vec<ShownMessage>> {
    let ids: Vec<MessageId> = lines.iter().map(|line| line.message_id).collect();
    let files = list_attachments(cx, &ids)?;
    let mut shown = Vec::with_capacity(lines.len());
    for line in lines {
        let of = files.iter().filter(|file| file.message_id == Some(line.message_id));
        let attachments: Vec<ShownFile> = of.map(|f| file(cx.secrets(), key, f, cx.now())).collect();
        shown.push(message(cx, line, attachments)?);
    }
    Ok(shown)
}

fn message(cx: &mut Cx, line: Line, attachments: Vec<ShownFile>) -> Result<ShownMessage> {
    let author = match line.author_id.filter(|_| line.outgoing) {
        Some(agent) => Some(ShownName::of(&people::agent(cx, AgentId(agent))?.name)),
        None => None,
    };
    let direction = if line.outgoing { "out" } else { "in" };
    Ok(ShownMessage {
        id: line.message_id,
        line: line.line,
        client_id: line.client_id,
        direction: direction.to_owned(),
        author,
        html: line.html,
        text: line.text,
        attachments,
        at: line.created_at,
        by_mail: line.mailing_id.is_some(),
    })
}

/// A file with a link that opens it for a day.
pub fn file(secrets: &Secrets, key: &str, file: &Attachment, now: Time) -> ShownFile {
    let safe = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' };
    let name: String = file.name.chars().map(safe).collect();
    let pass = pass::write(secrets, &file.token, now);
    ShownFile {
        url: format!("/api/chat/{key}/files/{}/{name}?pass={pass}", file.token),
        name: file.name.clone(),
        content_type: file.content_type.clone(),
        size: file.size,
    }
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn a_wait_is_told_only_when_enough_is_known() {
        assert_eq!(median(vec![10, 20]), None);
        assert_eq!(median(vec![500, 10, 20]), Some(20));
    }
}
