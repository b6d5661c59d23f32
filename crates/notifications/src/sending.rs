//! A letter's way: gathered, begun, ended. Each step is one transaction.

use base::Result;
use conversations::channel::Outcome;
use conversations::model::{ConversationId, MessageId, Party};
use conversations::notices::{Notice, Origin, courier};
use journal::{Cx, JobRun, settings};
use people::{AgentId, Profile};
use serde_json::json;

use crate::jobs::Send;
use crate::judging::judge;
use crate::model::{EXPIRES_SECONDS, Letter, LetterId, MOST_PER_HOUR, Progress, Reason, mark};
use crate::store::letters::{count_since, find_letter, insert_letter, set_shown, set_state};
use crate::store::pending::{delete_pending, list_pending};
use crate::words;

/// How often a letter is tried: for most of a day.
pub const ATTEMPTS: i64 = 24;

/// Makes one letter of what has happened, when there is still something to tell.
pub fn gather(cx: &mut Cx, run: &JobRun, agent: AgentId, conversation: ConversationId) -> Result<()> {
    run.finish(cx)?;
    let pending = list_pending(cx, agent, conversation)?;
    let Some(last) = pending.last().map(|one| one.id) else { return Ok(()) };
    delete_pending(cx, agent, conversation, last)?;
    let reasons: Vec<Reason> = pending
        .into_iter()
        .map(|one| Reason {
            cause: one.cause,
            message_id: one.message_id,
            actor_id: one.actor_id,
            at: one.created_at,
        })
        .collect();
    if judge(cx, agent, conversation, &reasons)?.is_none() {
        return Ok(());
    }
    let now = cx.now();
    if count_since(cx, agent, conversation, now.plus_seconds(-3_600))? >= MOST_PER_HOUR {
        tracing::warn!(conversation.id = conversation.0, "more letters than people write are held back");
        return Ok(());
    }
    let letter = Letter {
        id: cx.new_id(),
        agent_id: agent,
        conversation_id: conversation,
        reasons: json!(reasons),
        shown: None,
        state: Progress::Queued,
        created_at: now,
        expires_at: now.plus_seconds(EXPIRES_SECONDS),
    };
    insert_letter(cx, &letter)?;
    cx.later(&Send { letter: letter.id })
}

/// What is to be brought; from now on the letter counts as begun.
pub fn begin(cx: &mut Cx, run: &JobRun, id: LetterId) -> Result<Option<Notice>> {
    let letter = find_letter(cx, id)?;
    let Some(letter) = letter.filter(|letter| matches!(letter.state, Progress::Queued | Progress::Sending))
    else {
        run.finish(cx)?;
        return Ok(None);
    };
    if letter.state == Progress::Sending {
        // Whoever began it is gone, and nobody knows how far it came.
        run.finish(cx)?;
        set_state(cx, id, Progress::Unknown)?;
        return Ok(None);
    }
    match notice(cx, &letter)? {
        Some((notice, shown)) => {
            set_shown(cx, id, &shown)?;
            set_state(cx, id, Progress::Sending)?;
            Ok(Some(notice))
        }
        None => {
            run.finish(cx)?;
            set_state(cx, id, Progress::Dropped)?;
            Ok(None)
        }
    }
}

/// With the messages whose words stand in it.
fn notice(cx: &mut Cx, letter: &Letter) -> Result<Option<(Notice, Vec<MessageId>)>> {
    let Some(courier) = courier(&cx.registry()) else { return Ok(None) };
    let Some(told) = judge(cx, letter.agent_id, letter.conversation_id, &letter.reasons()?)? else {
        return Ok(None);
    };
    let c = &told.conversation;
    let origin = Origin { account: c.account.clone(), brand: c.brand_id };
    let Some(doors) = courier.doors(cx, &origin, &told.agent.email, letter.id.0)? else { return Ok(None) };
    let profile: Profile = settings::get(cx)?;
    let locale = told.agent.locale.clone().unwrap_or(profile.locale);
    let frame = words::Frame {
        doors: &doors,
        mark: &mark(cx.secrets(), letter.id),
        link: &format!("{}/desk/all/{}", cx.public_url(), c.number),
        settings: &format!("{}/desk/settings/notifications.mail", cx.public_url()),
    };
    let written = words::write(&locale, &told, &frame);
    let notice = Notice {
        id: letter.id.0,
        conversation: c.id,
        origin,
        to: Party { name: told.agent.name.clone(), address: told.agent.email.clone() },
        from_name: written.from,
        reply_name: written.reply,
        subject: written.subject,
        html: written.html,
        text: written.text,
        created_at: cx.now(),
    };
    Ok(Some((notice, told.shown())))
}

/// Answers whether it is over.
pub fn end(cx: &mut Cx, run: &JobRun, id: LetterId, outcome: &Outcome, last: bool) -> Result<bool> {
    let state = match outcome {
        Outcome::Delivered => Progress::Sent,
        Outcome::Unclear(_) => Progress::Unknown,
        Outcome::Refused(_) => Progress::Failed,
        Outcome::Postponed(_) if last => Progress::Failed,
        Outcome::Postponed(_) => Progress::Queued,
    };
    set_state(cx, id, state)?;
    if state == Progress::Queued {
        return Ok(false);
    }
    run.finish(cx)?;
    Ok(true)
}
