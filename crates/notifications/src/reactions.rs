//! What concerns an agent, heard from the journal. Whether it is told is decided when the letter is sent.

use base::Result;
use conversations::events::{ASSIGNED, FAILED, NOTED, RECEIVED};
use conversations::model::{ConversationId, MessageId};
use conversations::store::conversation::find_conversation;
use conversations::store::message::{Message, find_message};
use journal::{Cx, Event, Reaction, Start};
use people::{AgentId, Scope};

use crate::jobs::Gather;
use crate::model::{Cause, GATHER_SECONDS};
use crate::store::choices::get_choices;
use crate::store::pending::insert_pending;

pub fn reactions() -> Vec<Reaction> {
    vec![Reaction {
        name: "notifications.gather",
        hears: &[NOTED, ASSIGNED, RECEIVED, FAILED],
        start: Start::FromNow,
        ordered: false,
        react,
    }]
}

fn react(cx: &mut Cx, event: &Event) -> Result<()> {
    match event.name.as_str() {
        NOTED => mentioned(cx, event),
        ASSIGNED => assigned(cx, event),
        RECEIVED => received(cx, event),
        FAILED => failed(cx, event),
        _ => Ok(()),
    }
}

/// Never for what the agent did.
fn put(cx: &mut Cx, event: &Event, agent: AgentId, cause: Cause) -> Result<()> {
    let actor = event.agent_id().map(AgentId);
    if actor == Some(agent) || !get_choices(cx, agent)?.wants(cause) {
        return Ok(());
    }
    let conversation = ConversationId(event.subject_id);
    let message = event.reference("message").map(MessageId).filter(|_| cause != Cause::Assigned);
    let due = cx.now().plus_seconds(GATHER_SECONDS);
    insert_pending(cx, (agent, conversation), cause, message, actor, due)?;
    cx.later_at(&Gather { agent, conversation, again: false }, due)
}

fn mentioned(cx: &mut Cx, event: &Event) -> Result<()> {
    let Some(named) = event.refs.get("mentions") else { return Ok(()) };
    let mut named: Vec<AgentId> = serde_json::from_value(named.clone())?;
    named.sort_unstable();
    named.dedup();
    named.into_iter().try_for_each(|agent| put(cx, event, agent, Cause::Mentioned))
}

fn assigned(cx: &mut Cx, event: &Event) -> Result<()> {
    let given = event.changed("assignee_id").filter(|change| change.before != change.after);
    match given.and_then(|change| change.after.as_i64()) {
        Some(agent) => put(cx, event, AgentId(agent), Cause::Assigned),
        None => Ok(()),
    }
}

/// A machine's words and mail of earlier days concern nobody away from the desk.
fn received(cx: &mut Cx, event: &Event) -> Result<()> {
    let has = |sign: &str| event.refs.contains_key(sign);
    if has("automatic") || has("quiet") {
        return Ok(());
    }
    let Some(c) = find_conversation(cx, &Scope::All, ConversationId(event.subject_id))? else {
        return Ok(());
    };
    match (c.assignee_id, c.team_id) {
        (Some(agent), _) => put(cx, event, agent, Cause::Replied),
        (None, Some(team)) if has("began") => {
            let members = people::members(cx, team)?;
            members.into_iter().try_for_each(|agent| put(cx, event, agent, Cause::Unassigned))
        }
        (None, _) => Ok(()),
    }
}

/// Whoever answered at the desk sees it there; who answered by mail is away.
fn failed(cx: &mut Cx, event: &Event) -> Result<()> {
    let Some(id) = event.reference("message").map(MessageId) else { return Ok(()) };
    let message = find_message(cx, &Scope::All, id)?.filter(Message::is_by_mail);
    match message.and_then(|message| message.author_id) {
        Some(agent) => put(cx, event, AgentId(agent), Cause::Undelivered),
        None => Ok(()),
    }
}
