//! An agent of the story writes: answers, which really go out to the catcher, notes and drafts.

use base::Result;
use conversations::actions::{draft, note, reply, start, upload};
use conversations::model::{AttachmentId, DraftMode, MessageId};
use journal::{Caller, Runner};
use serde_json::json;

use super::cast::mailbox;
use super::founding::send_through;
use super::letters::{Quoted, paragraphs};
use super::stage::{Stage, Thread};
use super::story::{Step, Told};
use super::{files, vanishing};

pub async fn answer(stage: &Stage<'_>, told: &Told, thread: &mut Thread, step: &Step) -> Result<()> {
    let caller = stage.caller(step.agent)?;
    let (message, text) = match step.has("vanish") {
        true => unclear(stage, told, thread, step, &caller).await?,
        false => {
            let written = write(stage, told, thread, step, &caller).await?;
            Runner::settle(&stage.house).await?;
            written
        }
    };
    // Whoever answers what nobody has taken, takes it.
    thread.assignee = thread.assignee.or(Some(stage.agent(step.agent)?));
    thread.last = Some((message, stage.clock.now()));
    let mailbox = mailbox(told.mailbox);
    thread.letters.last = Some(Quoted {
        name: mailbox.name.to_owned(),
        address: mailbox.address.to_owned(),
        text,
        at: stage.clock.now(),
    });
    if let Some(caught) = stage.catcher.find(&format!("{message}.")) {
        thread.letters.ids.extend(caught.mail.message_id.clone());
        thread.letters.reply_to = caught.mail.reply_to.first().map(|to| to.email.clone());
    }
    Ok(())
}

/// Sends through a server that goes away, so that nobody knows whether the answer has arrived.
async fn unclear(
    stage: &Stage<'_>,
    told: &Told,
    thread: &mut Thread,
    step: &Step,
    caller: &Caller,
) -> Result<(MessageId, String)> {
    let server = vanishing::listen(&stage.clock).await?;
    send_through(&stage.house, server.address()).await?;
    let written = write(stage, told, thread, step, caller).await?;
    let (settled, ()) = tokio::join!(Runner::settle(&stage.house), server.vanish());
    settled?;
    send_through(&stage.house, stage.server).await?;
    Ok(written)
}

/// Answers the message's id and what its mail says.
async fn write(
    stage: &Stage<'_>,
    told: &Told,
    thread: &mut Thread,
    step: &Step,
    caller: &Caller,
) -> Result<(MessageId, String)> {
    let upload_ids = uploads(stage, step, caller).await?;
    let html = paragraphs(&step.text);
    let Some(conversation) = thread.conversation else {
        let customer = stage.cast.get(told.customer)?;
        let input = json!({
            "subject": told.subject,
            "requester": { "name": customer.name, "address": customer.address },
            "html": html,
            "channel": "email",
            "upload_ids": upload_ids,
        });
        let input: start::Input = serde_json::from_value(input)?;
        let started = stage.house.act::<start::Start>(caller.clone(), None, input).await?.output;
        thread.conversation = Some(started.id);
        return Ok((started.message_id, step.text.clone()));
    };
    let then = ["pending", "hold", "solved", "open"].into_iter().find(|status| step.has(status));
    let input = json!({
        "conversation_id": conversation,
        "html": html,
        "then": then,
        "upload_ids": upload_ids,
    });
    let input: reply::Input = serde_json::from_value(input)?;
    let shown = stage.house.act::<reply::Reply>(caller.clone(), None, input).await?.output;
    Ok((shown.id, shown.text))
}

async fn uploads(stage: &Stage<'_>, step: &Step, caller: &Caller) -> Result<Vec<AttachmentId>> {
    let mut ids = Vec::new();
    for name in step.all_after("file") {
        let file = files::get(name)?;
        let stored = upload::store_bytes(&stage.house, &file.name, &file.content_type, file.bytes).await?;
        let input = upload::Input { stored };
        ids.push(stage.house.act::<upload::Upload>(caller.clone(), None, input).await?.output.id);
    }
    Ok(ids)
}

pub async fn note(stage: &Stage<'_>, thread: &mut Thread, step: &Step) -> Result<()> {
    let caller = stage.caller(step.agent)?;
    let called = step.words.iter().filter_map(|word| word.strip_prefix('@'));
    let mentions = called.map(|key| stage.agent(key)).collect::<Result<_>>()?;
    let input = note::Input {
        conversation_id: Some(thread.id()?),
        html: paragraphs(&step.text),
        mentions,
        upload_ids: uploads(stage, step, &caller).await?,
        clean: None,
    };
    let shown = stage.house.act::<note::Note>(caller, None, input).await?.output;
    thread.last = Some((shown.id, stage.clock.now()));
    Ok(())
}

pub async fn draft(stage: &Stage<'_>, thread: &Thread, step: &Step) -> Result<()> {
    let input = draft::Input {
        conversation_id: thread.id()?,
        mode: DraftMode::Reply,
        html: paragraphs(&step.text),
        to: None,
        cc: None,
    };
    stage.house.act::<draft::KeepDraft>(stage.caller(step.agent)?, None, input).await.map(drop)
}
