//! A customer of the story writes: a mail is put through the mailroom and read into its conversation.

use base::Result;
use base::error::internal;
use channel_email::channel::{Envelope, Mailroom};
use conversations::events::RECEIVED;
use conversations::model::{ConversationId, MessageId};
use journal::Runner;

use super::cast::mailbox;
use super::files;
use super::letters::{self, Letter, address};
use super::stage::{Stage, Thread};
use super::story::{Step, Told};

pub async fn mail(stage: &Stage<'_>, told: &Told, thread: &mut Thread, step: &Step) -> Result<()> {
    let from = stage.cast.get(step.after("by").unwrap_or(told.customer))?;
    let mailbox = mailbox(told.mailbox);
    let to = thread.letters.reply_to.clone().unwrap_or_else(|| mailbox.address.to_owned());
    let domain = from.address.rsplit_once('@').map_or("example.org", |(_, domain)| domain);
    let cc = step.all_after("cc").map(|key| stage.cast.get(key).map(address)).collect::<Result<_>>()?;
    let id = format!("{}@{domain}", &base::secrets::new_token()[..20]);
    let letter = Letter {
        from,
        to: mime::Address { name: Some(mailbox.name.to_owned()), email: to.clone() },
        cc,
        subject: told.subject,
        text: &step.text,
        html: step.has("html"),
        files: step.all_after("file").map(files::get).collect::<Result<_>>()?,
        at: stage.clock.now(),
        id: id.clone(),
    };
    let raw = letters::write(letter, &thread.letters)?;
    let envelope = Envelope { from: from.address.to_owned(), to: vec![to], ..Envelope::default() };
    let (conversation, message) = receive(stage, envelope, raw).await?;
    thread.conversation = Some(conversation);
    thread.repairs = thread.repairs || told.mailbox == "service";
    thread.last = Some((message, stage.clock.now()));
    thread.seen_by.clear();
    thread.letters.ids.push(id);
    thread.letters.last = None;
    Ok(())
}

/// Answers where the mail has come to stand.
async fn receive(stage: &Stage<'_>, envelope: Envelope, raw: Vec<u8>) -> Result<(ConversationId, MessageId)> {
    let before = stage.house.last_seq().await?;
    stage.room.accept(envelope, raw).await.map_err(|why| internal(format!("{why:?}")))?;
    Runner::settle(&stage.house).await?;
    let events = stage.house.events_after(before, 1_000).await?;
    let received = events.iter().rev().find(|event| event.name == RECEIVED);
    let received = received.ok_or_else(|| internal("a mail of the story did not arrive"))?;
    let message = MessageId(received.reference("message").unwrap_or_default());
    Ok((ConversationId(received.subject_id), message))
}
