//! Tells the story in a workspace: every mail really comes in, every answer really goes out, to the
//! catcher; only the clock is held, so that all of it happens when it should have.

use std::net::SocketAddr;
use std::sync::Arc;

use base::error::internal;
use base::{Clock, Result, Time};
use channel_email::Installation as Room;
use channel_email::channel::{Envelope, Mailroom};
use conversations::actions::{draft, note, read, reply, start, upload};
use conversations::events::RECEIVED;
use conversations::model::{AttachmentId, ConversationId, DraftMode, MessageId};
use conversations::present::Shown;
use journal::{Caller, Grants, Runner, Who, Workspace};
use people::AgentId;
use serde_json::json;

use super::calendar::Calendar;
use super::cast::{Cast, mailbox};
use super::catcher::Catcher;
use super::founding::{Staff, send_through};
use super::letters::{self, Letter, Quoted, address, paragraphs};
use super::story::{Step, Told, What};
use super::{changes, files, vanishing};

/// Who reads the post first.
const SORTS: &str = "carla";

/// What came before today was seen by everybody.
const READ_BY_ALL_SECONDS: i64 = 14 * 3600;

pub struct Player<'a> {
    pub house: Arc<Workspace>,
    pub room: Room,
    pub clock: Clock,
    pub catcher: &'a Catcher,
    /// Where the catcher takes mail.
    pub server: SocketAddr,
    pub cast: &'a Cast,
    pub staff: Staff,
    pub now: Time,
}

/// How far a conversation has come.
#[derive(Default)]
pub struct Thread {
    pub conversation: Option<ConversationId>,
    pub assignee: Option<AgentId>,
    pub repairs: bool,
    pub letters: letters::Thread,
    last: Option<(MessageId, Time)>,
    /// Who has looked at it since the last mail.
    seen_by: Vec<AgentId>,
    sorted: bool,
}

impl Thread {
    pub fn id(&self) -> Result<ConversationId> {
        self.conversation.ok_or_else(|| internal("nothing has been said in this conversation yet"))
    }
}

impl Player<'_> {
    /// Tells everything in the order of time; `progress` hears how much is done of how much.
    pub async fn tell(&self, story: &[Told], progress: impl Fn(usize, usize)) -> Result<()> {
        let calendar = Calendar::ending(self.now);
        let mut steps: Vec<(Time, usize, &Step)> = Vec::new();
        for (nth, told) in story.iter().enumerate() {
            steps.extend(told.steps.iter().map(|step| (calendar.time(step.when), nth, step)));
        }
        steps.sort_by_key(|(at, _, _)| *at);
        let mut threads: Vec<Thread> = story.iter().map(|_| Thread::default()).collect();
        for (done, (at, nth, step)) in steps.iter().enumerate() {
            progress(done, steps.len());
            self.clock.set(*at);
            self.play(&story[*nth], &mut threads[*nth], step)
                .await
                .map_err(|e| internal(format!("the demo stumbled over “{}”: {e}", story[*nth].subject)))?;
        }
        self.clock.set(self.now);
        Runner::settle(&self.house).await?;
        self.mark_read(&threads).await
    }

    async fn play(&self, told: &Told, thread: &mut Thread, step: &Step) -> Result<()> {
        if step.what == What::Mail {
            self.mail(told, thread, step).await?;
            // What nobody has touched yet was at least sorted by whoever reads the post.
            let untouched = told.steps.iter().all(|step| step.what == What::Mail);
            return match untouched {
                true => self.sort(told, thread, &caller(self.agent(SORTS)?)).await,
                false => Ok(()),
            };
        }
        let agent = self.agent(step.agent)?;
        let caller = caller(agent);
        if thread.conversation.is_some() {
            self.sort(told, thread, &caller).await?;
        }
        match step.what {
            What::Mail => {}
            What::Answer => self.answer(told, thread, step, agent).await?,
            What::Note => self.note(thread, step, &caller).await?,
            What::Change => changes::apply(self, thread, &caller, &step.words).await?,
            What::Draft => self.draft(thread, step, &caller).await?,
        }
        thread.seen_by.push(agent);
        Ok(())
    }

    /// Sets the traits, once.
    async fn sort(&self, told: &Told, thread: &mut Thread, caller: &Caller) -> Result<()> {
        if std::mem::replace(&mut thread.sorted, true) {
            return Ok(());
        }
        for words in &told.traits {
            let words: Vec<&str> = words.split_whitespace().collect();
            changes::apply(self, thread, caller, &words).await?;
        }
        Ok(())
    }

    pub fn agent(&self, key: &str) -> Result<AgentId> {
        let known = self.staff.agents.get(key).copied();
        known.ok_or_else(|| internal(format!("no agent is called {key}")))
    }

    async fn mail(&self, told: &Told, thread: &mut Thread, step: &Step) -> Result<()> {
        let from = self.cast.get(step.after("by").unwrap_or(told.customer))?;
        let mailbox = mailbox(told.mailbox);
        let to = thread.letters.reply_to.clone().unwrap_or_else(|| mailbox.address.to_owned());
        let domain = from.address.rsplit_once('@').map_or("example.org", |(_, domain)| domain);
        let cc = step.all_after("cc").map(|key| self.cast.get(key).map(address)).collect::<Result<_>>()?;
        let id = format!("{}@{domain}", &base::secrets::new_token()[..20]);
        let letter = Letter {
            from,
            to: mime::Address { name: Some(mailbox.name.to_owned()), email: to.clone() },
            cc,
            subject: told.subject,
            text: &step.text,
            html: step.has("html"),
            files: step.all_after("file").map(files::get).collect::<Result<_>>()?,
            at: self.clock.now(),
            id: id.clone(),
        };
        let raw = letters::write(letter, &thread.letters)?;
        let before = self.house.last_seq().await?;
        let envelope = Envelope { from: from.address.to_owned(), to: vec![to] };
        self.room.accept(envelope, raw).await.map_err(|why| internal(format!("{why:?}")))?;
        Runner::settle(&self.house).await?;
        let events = self.house.events_after(before, 1_000).await?;
        let received = events.iter().rev().find(|event| event.name == RECEIVED);
        let received = received.ok_or_else(|| internal("a mail of the story did not arrive"))?;
        let message = MessageId(received.reference("message").unwrap_or_default());
        thread.conversation = Some(ConversationId(received.subject_id));
        thread.repairs = thread.repairs || told.mailbox == "service";
        thread.last = Some((message, self.clock.now()));
        thread.seen_by.clear();
        thread.letters.ids.push(id);
        thread.letters.last = None;
        Ok(())
    }

    async fn answer(&self, told: &Told, thread: &mut Thread, step: &Step, agent: AgentId) -> Result<()> {
        let vanishing = match step.has("vanish") {
            true => Some(vanishing::listen(&self.clock).await?),
            false => None,
        };
        if let Some(server) = &vanishing {
            send_through(&self.house, server.address()).await?;
        }
        let (message, text) = self.write_answer(told, thread, step, &caller(agent)).await?;
        match vanishing {
            None => Runner::settle(&self.house).await?,
            Some(server) => {
                let (settled, ()) = tokio::join!(Runner::settle(&self.house), server.vanish());
                settled?;
                send_through(&self.house, self.server).await?;
            }
        }
        thread.assignee = thread.assignee.or(Some(agent));
        thread.last = Some((message, self.clock.now()));
        let mailbox = mailbox(told.mailbox);
        thread.letters.last = Some(Quoted {
            name: mailbox.name.to_owned(),
            address: mailbox.address.to_owned(),
            text,
            at: self.clock.now(),
        });
        if let Some(caught) = self.catcher.find(&format!("{message}.")) {
            thread.letters.ids.extend(caught.mail.message_id.clone());
            thread.letters.reply_to = caught.mail.reply_to.first().map(|to| to.email.clone());
        }
        Ok(())
    }

    /// Answers the message's id and what its mail says.
    async fn write_answer(
        &self,
        told: &Told,
        thread: &mut Thread,
        step: &Step,
        caller: &Caller,
    ) -> Result<(MessageId, String)> {
        let upload_ids = self.uploads(step, caller).await?;
        let html = paragraphs(&step.text);
        let Some(conversation) = thread.conversation else {
            let customer = self.cast.get(told.customer)?;
            let input = json!({
                "subject": told.subject,
                "requester": { "name": customer.name, "address": customer.address },
                "html": html,
                "channel": "email",
                "upload_ids": upload_ids,
            });
            let input: start::Input = serde_json::from_value(input)?;
            let started = self.house.act::<start::Start>(caller.clone(), None, input).await?.output;
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
        let shown: Shown = self.house.act::<reply::Reply>(caller.clone(), None, input).await?.output;
        Ok((shown.id, shown.text))
    }

    async fn uploads(&self, step: &Step, caller: &Caller) -> Result<Vec<AttachmentId>> {
        let mut ids = Vec::new();
        for name in step.all_after("file") {
            let file = files::get(name)?;
            let stored = upload::store_bytes(&self.house, &file.name, &file.content_type, file.bytes).await?;
            let input = upload::Input { stored };
            ids.push(self.house.act::<upload::Upload>(caller.clone(), None, input).await?.output.id);
        }
        Ok(ids)
    }

    async fn note(&self, thread: &mut Thread, step: &Step, caller: &Caller) -> Result<()> {
        let called = step.words.iter().filter_map(|word| word.strip_prefix('@'));
        let mentions = called.map(|key| self.agent(key)).collect::<Result<_>>()?;
        let input = note::Input {
            conversation_id: Some(thread.id()?),
            html: paragraphs(&step.text),
            mentions,
            upload_ids: self.uploads(step, caller).await?,
            clean: None,
        };
        let shown = self.house.act::<note::Note>(caller.clone(), None, input).await?.output;
        thread.last = Some((shown.id, self.clock.now()));
        Ok(())
    }

    async fn draft(&self, thread: &Thread, step: &Step, caller: &Caller) -> Result<()> {
        let input = draft::Input {
            conversation_id: thread.id()?,
            mode: DraftMode::Reply,
            html: paragraphs(&step.text),
            to: None,
            cc: None,
        };
        self.house.act::<draft::KeepDraft>(caller.clone(), None, input).await.map(drop)
    }

    /// Everybody has read what is older; the rest only whoever acted on it.
    async fn mark_read(&self, threads: &[Thread]) -> Result<()> {
        let old = self.now.plus_seconds(-READ_BY_ALL_SECONDS);
        for agent in self.staff.agents.values().copied() {
            let read: Vec<read::Input> = threads
                .iter()
                .filter_map(|thread| {
                    let (message, at) = thread.last?;
                    let seen = at < old || thread.seen_by.contains(&agent);
                    let id = thread.conversation.filter(|_| seen)?;
                    Some(read::Input { conversation_id: id, message_id: Some(message) })
                })
                .collect();
            let marked = self.house.write(caller(agent), move |cx| {
                read.iter().try_for_each(|input| cx.call::<read::Read>(input))
            });
            marked.await?;
        }
        Ok(())
    }
}

fn caller(agent: AgentId) -> Caller {
    Caller { who: Who::Agent(agent.0), grants: Grants::All }
}
