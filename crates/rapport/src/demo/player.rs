//! Tells the story in a workspace: every mail really comes in, every answer really goes out, to the
//! catcher; only the clock is held, so that all of it happens when it should have.

use base::error::internal;
use base::{Result, Time};
use conversations::actions::read;
use journal::{Caller, Runner};

use super::calendar::Calendar;
use super::stage::{Stage, Thread, caller};
use super::story::{Step, Told, What};
use super::{answers, changes, incoming};

/// What came before today was seen by everybody.
const READ_BY_ALL_SECONDS: i64 = 14 * 3600;
/// Who reads the post first.
const SORTS: &str = "carla";

/// Tells everything in the order of time; `progress` hears how much is done of how much.
pub async fn tell(stage: &Stage<'_>, story: &[Told], progress: impl Fn(usize, usize)) -> Result<()> {
    let calendar = Calendar::ending(stage.now);
    let mut steps: Vec<(Time, usize, &Step)> = Vec::new();
    for (nth, told) in story.iter().enumerate() {
        steps.extend(told.steps.iter().map(|step| (calendar.time(step.when), nth, step)));
    }
    steps.sort_by_key(|(at, _, _)| *at);
    let mut threads: Vec<Thread> = story.iter().map(|_| Thread::default()).collect();
    for (done, (at, nth, step)) in steps.iter().enumerate() {
        progress(done, steps.len());
        stage.clock.set(*at);
        play(stage, &story[*nth], &mut threads[*nth], step)
            .await
            .map_err(|e| internal(format!("the demo stumbled over “{}”: {e}", story[*nth].subject)))?;
    }
    stage.clock.set(stage.now);
    Runner::settle(&stage.house).await?;
    mark_read(stage, &threads).await
}

async fn play(stage: &Stage<'_>, told: &Told, thread: &mut Thread, step: &Step) -> Result<()> {
    if step.what == What::Mail {
        incoming::mail(stage, told, thread, step).await?;
        // What nobody has touched yet was at least sorted by whoever reads the post.
        let untouched = told.steps.iter().all(|step| step.what == What::Mail);
        return match untouched {
            true => sort(stage, told, thread, &stage.caller(SORTS)?).await,
            false => Ok(()),
        };
    }
    let caller = stage.caller(step.agent)?;
    if thread.conversation.is_some() {
        sort(stage, told, thread, &caller).await?;
    }
    match step.what {
        What::Mail => {}
        What::Answer => answers::answer(stage, told, thread, step).await?,
        What::Note => answers::note(stage, thread, step).await?,
        What::Draft => answers::draft(stage, thread, step).await?,
        What::Change => changes::apply(stage, thread, &caller, &step.words).await?,
    }
    thread.seen_by.push(stage.agent(step.agent)?);
    Ok(())
}

/// Sets the traits, once.
async fn sort(stage: &Stage<'_>, told: &Told, thread: &mut Thread, caller: &Caller) -> Result<()> {
    if std::mem::replace(&mut thread.sorted, true) {
        return Ok(());
    }
    for words in &told.traits {
        let words: Vec<&str> = words.split_whitespace().collect();
        changes::apply(stage, thread, caller, &words).await?;
    }
    Ok(())
}

/// Everybody has read what is older; the rest only whoever acted on it.
async fn mark_read(stage: &Stage<'_>, threads: &[Thread]) -> Result<()> {
    let old = stage.now.plus_seconds(-READ_BY_ALL_SECONDS);
    for agent in stage.staff.agents.values().copied() {
        let read: Vec<read::Input> = threads
            .iter()
            .filter_map(|thread| {
                let (message, at) = thread.last?;
                let seen = at < old || thread.seen_by.contains(&agent);
                let id = thread.conversation.filter(|_| seen)?;
                Some(read::Input { conversation_id: id, message_id: Some(message) })
            })
            .collect();
        let marked = stage
            .house
            .write(caller(agent), move |cx| read.iter().try_for_each(|input| cx.call::<read::Read>(input)));
        marked.await?;
    }
    Ok(())
}
