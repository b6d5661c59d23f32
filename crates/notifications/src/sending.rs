//! A letter's way: gathered, begun, ended. Each step is one transaction.

use base::Result;
use base::error::internal;
use conversations::channel::Outcome;
use conversations::model::{ConversationId, Party};
use conversations::notices::{Notice, Origin, courier};
use conversations::pauses::next_try;
use journal::{Cx, JobRun, settings};
use people::{AgentId, Profile};
use serde_json::json;

use crate::jobs::{Gather, Send};
use crate::judging::{Verdict, judge};
use crate::model::{
    AGAIN_SECONDS, EXPIRES_SECONDS, HELD_BACK_SECONDS, LEFT_SECONDS, Letter, LetterId, MOST_PER_HOUR,
    Progress, Reason, TRIED_SECONDS, mark,
};
use crate::store::letters::{count_since, find_letter, insert_letter, set_shown, set_state};
use crate::store::pending::{delete_pending, list_pending, put_off};
use crate::told::Told;
use crate::words;

/// Makes one letter of what has happened, when there is still something to tell.
pub fn gather(cx: &mut Cx, run: &JobRun, agent: AgentId, conversation: ConversationId) -> Result<()> {
    run.finish(cx)?;
    let pending = list_pending(cx, agent, conversation)?;
    let Some(last) = pending.last().map(|one| one.id) else { return Ok(()) };
    let reasons: Vec<Reason> = pending.into_iter().map(Reason::from).collect();
    let since = cx.now().plus_seconds(-3_600);
    match judge(cx, agent, conversation, &reasons)? {
        Verdict::Nothing => delete_pending(cx, agent, conversation, last),
        Verdict::Wait => wait(cx, agent, conversation, LEFT_SECONDS),
        Verdict::Tell(_) if count_since(cx, agent, conversation, since)? >= MOST_PER_HOUR => {
            wait(cx, agent, conversation, HELD_BACK_SECONDS)
        }
        Verdict::Tell(_) => {
            delete_pending(cx, agent, conversation, last)?;
            put_down(cx, agent, conversation, &reasons)
        }
    }
}

/// What is not too old by then is looked at again.
fn wait(cx: &mut Cx, agent: AgentId, conversation: ConversationId, seconds: i64) -> Result<()> {
    let (since, due) = (cx.now().plus_seconds(-seconds), cx.now().plus_seconds(AGAIN_SECONDS));
    match put_off(cx, (agent, conversation), since, due)? {
        true => cx.later_at(&Gather { agent, conversation, again: true }, due),
        false => Ok(()),
    }
}

fn put_down(cx: &mut Cx, agent: AgentId, conversation: ConversationId, reasons: &[Reason]) -> Result<()> {
    let now = cx.now();
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
    cx.later(&Send { letter: letter.id, tries: 0 })
}

/// What is to be brought; from now on the letter counts as begun.
pub fn begin(cx: &mut Cx, run: &JobRun, slip: &Send) -> Result<Option<Notice>> {
    let id = slip.letter;
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
    let told = match judge(cx, letter.agent_id, letter.conversation_id, &letter.reasons()?)? {
        Verdict::Tell(told) => told,
        // The agent has come back meanwhile, and may leave again without having read it.
        Verdict::Wait if letter.created_at > cx.now().plus_seconds(-LEFT_SECONDS) => {
            run.finish(cx)?;
            let again = cx.now().plus_seconds(AGAIN_SECONDS);
            cx.later_at(slip, again)?;
            return Ok(None);
        }
        Verdict::Wait | Verdict::Nothing => return give_up(cx, run, id),
    };
    let Some(notice) = notice(cx, &letter, &told)? else { return give_up(cx, run, id) };
    set_shown(cx, id, &told.shown())?;
    set_state(cx, id, Progress::Sending)?;
    Ok(Some(notice))
}

fn give_up(cx: &mut Cx, run: &JobRun, id: LetterId) -> Result<Option<Notice>> {
    run.finish(cx)?;
    set_state(cx, id, Progress::Dropped)?;
    Ok(None)
}

/// `None` when there is no way to bring it.
fn notice(cx: &mut Cx, letter: &Letter, told: &Told) -> Result<Option<Notice>> {
    let Some(courier) = courier(&cx.registry()) else { return Ok(None) };
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
    let written = words::write(&locale, told, &frame);
    Ok(Some(Notice {
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
    }))
}

/// Stores how it ended; what is put off gets another slip, for its next try.
pub fn end(cx: &mut Cx, run: &JobRun, slip: &Send, outcome: &Outcome) -> Result<()> {
    run.finish(cx)?;
    let letter = find_letter(cx, slip.letter)?.ok_or_else(|| internal("a letter that is gone"))?;
    let is_last = letter.created_at < cx.now().plus_seconds(-TRIED_SECONDS);
    let state = match outcome {
        Outcome::Delivered => Progress::Sent,
        Outcome::Unclear(_) => Progress::Unknown,
        Outcome::Postponed(_) if !is_last => Progress::Queued,
        Outcome::Postponed(_) | Outcome::Refused(_) => Progress::Failed,
    };
    set_state(cx, letter.id, state)?;
    if state != Progress::Queued {
        return Ok(());
    }
    let tries = slip.tries + 1;
    let at = next_try(cx.now(), letter.id.0, tries);
    cx.later_at(&Send { tries, ..slip.clone() }, at)
}
