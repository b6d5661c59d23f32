//! What an agent may and wants to be told at this moment: asked again before every attempt to send.

use base::Result;
use conversations::model::{Author, ConversationId, Delivery, MessageId, Shelf, Status};
use conversations::store::attachment::list_attachments;
use conversations::store::conversation::{Conversation, find_conversation};
use conversations::store::desk::list_reads_of;
use conversations::store::message::{Message, find_message};
use journal::Cx;
use people::{Agent, AgentId, Scope};

use crate::model::{AWAY_SECONDS, Cause, Choices, Reason};
use crate::store::choices::get_choices;
use crate::store::seen::find_seen;
use crate::told::{Line, Told};

/// Longer words stand at the desk.
const MOST_CHARS: usize = 4_000;

/// What becomes of something that happened.
pub enum Verdict {
    Tell(Box<Told>),
    /// The agent is at a desk, and has not read it there yet.
    Wait,
    /// There is nothing to tell, or nobody to be told.
    Nothing,
}

pub fn judge(
    cx: &mut Cx,
    agent: AgentId,
    conversation: ConversationId,
    reasons: &[Reason],
) -> Result<Verdict> {
    let Some(caller) = people::caller_of(cx, agent)? else { return Ok(Verdict::Nothing) };
    let scope = cx.as_caller(caller, |cx| people::scope(cx))?;
    let Some(c) = place(cx, &scope, conversation)? else { return Ok(Verdict::Nothing) };
    if matches!(c.shelf, Shelf::Bin | Shelf::Spam) {
        return Ok(Verdict::Nothing);
    }
    let choices = get_choices(cx, agent)?;
    let at_desk = !choices.at_desk && is_at_desk(cx, agent)?;
    let agent = people::agent(cx, agent)?;
    let sight = Sight { agent: &agent, scope: &scope, choices: &choices, at_desk, c: &c };
    let mut lines = Vec::new();
    for reason in reasons {
        lines.extend(sight.line(cx, reason)?);
    }
    if lines.is_empty() {
        return Ok(Verdict::Nothing);
    }
    if at_desk {
        return Ok(Verdict::Wait);
    }
    let customer = customers::summaries(cx, &[c.requester_id])?.into_iter().next();
    let customer = customer.map(|one| called(one.name, one.address)).unwrap_or_default();
    Ok(Verdict::Tell(Box::new(Told { agent, conversation: c, customer, lines })))
}

/// Where the conversation is by now, through joins, if the agent may see it there.
fn place(cx: &mut Cx, scope: &Scope, id: ConversationId) -> Result<Option<Conversation>> {
    let mut found = find_conversation(cx, scope, id)?;
    for _ in 0..10 {
        match found.as_ref().and_then(|c| c.joined_into) {
            Some(into) => found = find_conversation(cx, scope, into)?,
            None => break,
        }
    }
    Ok(found)
}

fn is_at_desk(cx: &mut Cx, agent: AgentId) -> Result<bool> {
    let since = cx.now().plus_seconds(-AWAY_SECONDS);
    Ok(find_seen(cx, agent)?.is_some_and(|seen| seen > since))
}

fn called(name: String, address: Option<String>) -> String {
    if name.is_empty() { address.unwrap_or_default() } else { name }
}

/// With whose eyes a conversation is looked at.
struct Sight<'a> {
    agent: &'a Agent,
    scope: &'a Scope,
    choices: &'a Choices,
    /// Whoever looks at a desk sees there what was given to them, too.
    at_desk: bool,
    c: &'a Conversation,
}

impl Sight<'_> {
    fn line(&self, cx: &mut Cx, reason: &Reason) -> Result<Option<Line>> {
        if !self.choices.wants(reason.cause) || !self.still(cx, reason.cause)? {
            return Ok(None);
        }
        let newest = Some(self.c.last_inbound_id).filter(|id| id.0 != 0);
        let Some(message) = reason.message_id.or(newest) else {
            return Ok(Some(self.bare(cx, reason)?));
        };
        let seen_by_reading = match reason.cause {
            Cause::Assigned => self.at_desk,
            // It was read when it was written; what became of it is the news.
            Cause::Undelivered => false,
            Cause::Mentioned | Cause::Replied | Cause::Unassigned => true,
        };
        if seen_by_reading && self.has_read(cx, message)? {
            return Ok(None);
        }
        match find_message(cx, self.scope, message)?.filter(|m| m.conversation_id == self.c.id) {
            Some(message)
                if reason.cause == Cause::Undelivered && message.delivery != Some(Delivery::Failed) =>
            {
                Ok(None)
            }
            Some(message) => self.worded(cx, reason, &message).map(Some),
            // The words are gone; that it is the agent's is still so.
            None if reason.cause == Cause::Assigned => Ok(Some(self.bare(cx, reason)?)),
            None => Ok(None),
        }
    }

    /// Whether what was so is so now.
    fn still(&self, cx: &mut Cx, cause: Cause) -> Result<bool> {
        let mine = self.c.assignee_id == Some(self.agent.id);
        Ok(match cause {
            Cause::Mentioned | Cause::Undelivered => true,
            Cause::Assigned | Cause::Replied => mine,
            Cause::Unassigned => {
                let teams = people::team_ids(cx, self.agent.id)?;
                let waits = matches!(self.c.status, Status::New | Status::Open);
                waits
                    && self.c.assignee_id.is_none()
                    && self.c.team_id.is_some_and(|team| teams.contains(&team))
            }
        })
    }

    fn has_read(&self, cx: &mut Cx, message: MessageId) -> Result<bool> {
        let read = list_reads_of(cx, self.agent.id, &[self.c.id])?;
        Ok(read.iter().any(|(_, upto)| *upto >= message))
    }

    fn bare(&self, cx: &mut Cx, reason: &Reason) -> Result<Line> {
        Ok(Line {
            cause: reason.cause,
            message: None,
            who: self.actor(cx, reason)?,
            text: String::new(),
            files: Vec::new(),
            why: None,
            own: false,
        })
    }

    fn worded(&self, cx: &mut Cx, reason: &Reason, message: &Message) -> Result<Line> {
        let files = list_attachments(cx, &[message.id])?;
        let who = match reason.cause {
            Cause::Assigned => self.actor(cx, reason)?,
            // The customer is named instead.
            Cause::Undelivered => String::new(),
            Cause::Mentioned | Cause::Replied | Cause::Unassigned => author(cx, message)?,
        };
        Ok(Line {
            cause: reason.cause,
            message: Some(message.id),
            who,
            text: base::text::cut(message.text.trim(), MOST_CHARS).to_owned(),
            files: files.into_iter().filter(|file| !file.inline).map(|file| file.name).collect(),
            why: message.delivery_error.clone().filter(|_| reason.cause == Cause::Undelivered),
            own: message.author == Author::Agent && message.author_id == Some(self.agent.id.0),
        })
    }

    fn actor(&self, cx: &mut Cx, reason: &Reason) -> Result<String> {
        match reason.actor_id {
            Some(agent) => Ok(people::agent(cx, agent)?.name),
            None => Ok(String::new()),
        }
    }
}

fn author(cx: &mut Cx, message: &Message) -> Result<String> {
    let Some(id) = message.author_id else { return Ok(String::new()) };
    match message.author {
        Author::Agent => Ok(people::agent(cx, AgentId(id))?.name),
        Author::Customer => {
            let found = customers::summaries(cx, &[customers::CustomerId(id)])?.into_iter().next();
            Ok(found.map(|one| called(one.name, one.address)).unwrap_or_default())
        }
        Author::System | Author::ThirdParty => Ok(String::new()),
    }
}
