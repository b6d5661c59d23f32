//! The socket that channels fill: the core knows none of them by name.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;

use base::{Result, Time};
use customers::{Identity, IdentityKind};
use journal::{Cx, Workspace};
use people::{AgentId, BrandId, TeamId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{ConversationId, FateState, MessageId, Party, Recipients};

base::words! {
    /// How a message came to us.
    pub enum Arrival {
        /// It came in just now.
        Live = "live",
        /// It was written long before it came in: nothing is answered automatically and nobody is notified.
        Quiet = "quiet",
        /// It lay there before the account was connected: it is filed as solved, and nobody is told.
        History = "history",
    }
}

/// Inputs that say nothing are of now.
impl Default for Arrival {
    fn default() -> Arrival {
        Arrival::Live
    }
}

/// What a channel has received, read and cleaned; the input of [`Receive`](crate::actions::receive::Receive).
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Inbound {
    pub channel: String,
    /// Our own address or account that it came to.
    pub account: String,
    /// The channel's own id of the message, such as the Message-ID.
    pub source_id: Option<String>,
    /// Recognises a repeat: a hash of the account, the source id and the content.
    pub receipt: Vec<u8>,
    pub sent_at: Option<Time>,
    pub identity_kind: IdentityKind,
    pub from: Party,
    /// Whether the channel vouches for the sender.
    pub verified: bool,
    /// Everybody else who got it, our own addresses left out.
    pub to: Vec<Party>,
    pub cc: Vec<Party>,
    pub subject: String,
    /// Sanitised already.
    pub html: String,
    pub text: String,
    /// Sanitised history, folded on the screen.
    pub quoted: Option<String>,
    pub attachments: Vec<Stored>,
    /// Source ids of the messages that it answers, nearest last.
    pub references: Vec<String>,
    /// The conversation that a signed address names.
    pub signed: Option<i64>,
    /// A machine wrote it: nothing is reopened and nobody is answered.
    pub automatic: bool,
    pub raw_id: Option<i64>,
    pub brand: Option<BrandId>,
    pub team: Option<TeamId>,
    /// What people should know about it.
    pub marks: Vec<String>,
    /// Addresses of mailing lists that it went through: they are never answered.
    #[serde(default)]
    pub lists: Vec<String>,
    /// An agent has let it in, whoever is shut out.
    #[serde(default)]
    pub released: bool,
    #[serde(default)]
    pub arrival: Arrival,
    /// What the channel knows of it besides.
    #[serde(default)]
    pub hints: Hints,
}

/// What a channel may know of a message besides its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Hints {
    /// It is no message of a person but a report about messages of ours.
    pub report: Option<Report>,
    /// The conversation that it names by its number.
    pub number: Option<i64>,
    /// Recognises the copy that came to another account of ours: a hash of the source id and the content.
    pub twin: Option<Vec<u8>>,
    /// What its subject shares with those that it answers, when it says that it is an answer.
    pub answers_subject: Option<String>,
    /// Why it must not open anything before somebody has looked at it.
    pub hold: Option<Hold>,
    /// An agent has handed it on: the message is the customer's, the agent submits it.
    #[serde(default)]
    pub forwarder: Option<Forwarder>,
}

/// An agent who hands on what a customer wrote elsewhere. Only a channel to which the agent has proven who it is
/// may name one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = InboundForwarder)]
pub struct Forwarder {
    pub agent: AgentId,
    /// What the agent wrote beside it, sanitised; empty when there was nothing to say.
    pub html: String,
    pub text: String,
}

base::words! {
    /// Why something is held back.
    pub enum HoldCause {
        /// The sender is shut out.
        Blocked = "blocked",
        /// The domain of the sender says that it is not its own.
        Forged = "forged",
        Spam = "spam",
        Virus = "virus",
        /// Nobody could look for viruses in it.
        Unscanned = "unscanned",
    }
}

/// Why a channel would rather not take something in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = InboundHold)]
pub struct Hold {
    pub cause: HoldCause,
    /// Heaviest first.
    pub reasons: Vec<HoldReason>,
}

/// One reason, with a code that the screen puts into words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HoldReason {
    pub code: String,
    pub points: i64,
    pub detail: String,
}

/// A report about a message of ours.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = InboundReport)]
pub struct Report {
    /// Source ids of the message that it may be about.
    pub about: Vec<String>,
    pub fates: Vec<Reported>,
}

/// What it says of one recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = InboundReported)]
pub struct Reported {
    /// The addresses by which it calls the recipient.
    pub addresses: Vec<String>,
    pub state: FateState,
    /// Nobody is there, now or later.
    pub hard: bool,
    /// The class of the cause, such as `mailbox_full`.
    pub cause: String,
    /// The enhanced status (RFC 3463).
    pub status: Option<String>,
    /// Words of the other server.
    pub words: String,
}

/// A file whose bytes are in the blob store.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Stored {
    pub name: String,
    pub content_type: String,
    pub size: i64,
    pub blob: String,
    pub inline: bool,
    pub content_id: Option<String>,
}

/// What a channel is to deliver.
#[derive(Clone, Debug)]
pub struct Outgoing {
    pub message: MessageId,
    pub conversation: ConversationId,
    /// What a signed reply address is to name: the conversation, or what goes on beside it.
    pub answers_to: i64,
    pub number: i64,
    pub subject: String,
    pub account: Option<String>,
    pub author_name: String,
    /// The agent who writes; nobody does what the house says by itself.
    pub author: Option<AgentId>,
    pub html: String,
    pub text: String,
    /// Earlier messages that go along below the text, sanitised.
    pub quoted: Option<String>,
    pub recipients: Recipients,
    pub attachments: Vec<Stored>,
    /// The id under which it goes out, also when it is sent again.
    pub source_id: String,
    /// Source ids of the thread, oldest first.
    pub references: Vec<String>,
    pub created_at: Time,
    /// The house says it by itself: no machine may answer.
    pub automatic: bool,
}

/// What became of a delivery.
#[derive(Debug)]
pub enum Outcome {
    Delivered,
    /// Certainly nothing arrived; the same may work later.
    Postponed(String),
    /// Certainly nothing arrived, and trying again would not help.
    Refused(String),
    /// It may have arrived.
    Unclear(String),
}

pub type Delivering = Pin<Box<dyn Future<Output = Outcome> + Send>>;

pub trait Channel: Send + Sync {
    fn name(&self) -> &'static str;

    /// Whether an address is one of our own: those are never written to.
    fn is_own(&self, cx: &mut Cx<'_, '_>, address: &str) -> Result<bool>;

    /// From whom an answer goes out, given the account that the conversation came to.
    fn sender(
        &self,
        cx: &mut Cx<'_, '_>,
        account: Option<&str>,
        brand: Option<BrandId>,
    ) -> Result<Option<Party>>;

    /// A sentence for the person when an address can't be used on this channel.
    fn check_address(&self, address: &str) -> Result<(), String>;

    /// By which identities of customers this channel reaches them.
    fn identity_kind(&self) -> IdentityKind {
        IdentityKind::Email
    }

    /// Whether an answer can go to somebody by this channel, and where.
    fn reaches(&self, cx: &mut Cx<'_, '_>, whom: &Whom<'_>) -> Result<Reach> {
        reached_by_identity(self, cx, whom)
    }

    /// Reads again what was kept of a sender who is shut out, and receives it with `released` set.
    fn release(&self, _cx: &mut Cx<'_, '_>, _raw: i64) -> Result<()> {
        Err(base::error::conflict("not_kept", "This channel keeps nothing that could be let in."))
    }

    /// Gives up what was kept of something that nobody let in; `spam` says that it was unwanted.
    fn forget(&self, _cx: &mut Cx<'_, '_>, _raw: i64, _spam: bool) -> Result<()> {
        Ok(())
    }

    /// Whether an answer waits for the workspace's undo time; a live talk can't.
    fn holds(&self) -> bool {
        true
    }

    /// How many bytes the files of one message may have together.
    fn most_file_bytes(&self, _cx: &mut Cx<'_, '_>) -> Result<i64> {
        Ok(25 * 1024 * 1024)
    }

    /// Whether what is delivered twice arrives once, so that a delivery whose end nobody knows may begin anew.
    fn repeats(&self) -> bool {
        false
    }

    /// The id that a new message will carry.
    fn new_source_id(&self, message: MessageId, from: Option<&Party>) -> String;

    fn deliver(&self, house: Arc<Workspace>, letter: Outgoing) -> Delivering;
}

/// Whom an answer is for.
#[derive(Clone, Copy, Debug)]
pub struct Whom<'a> {
    pub conversation: ConversationId,
    /// Our own address or account that the conversation came to.
    pub account: Option<&'a str>,
    pub brand: Option<BrandId>,
    pub name: &'a str,
    pub identities: &'a [Identity],
}

/// Whether somebody can be reached by a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    At(Party),
    /// A code that the screen puts into words: `no_address`, `not_set_up`, …
    Not(&'static str),
}

/// By the first identity of the channel's kind that can be written to, the primary one before others.
pub fn reached_by_identity<C: Channel + ?Sized>(
    channel: &C,
    cx: &mut Cx<'_, '_>,
    whom: &Whom<'_>,
) -> Result<Reach> {
    if channel.sender(cx, whom.account, whom.brand)?.is_none() {
        return Ok(Reach::Not("not_set_up"));
    }
    let kind = channel.identity_kind();
    let fits = |one: &&Identity| one.kind == kind && channel.check_address(&one.value).is_ok();
    let found = whom.identities.iter().filter(fits).max_by_key(|one| (one.primary, -one.id.0));
    let party = found.map(|one| Party { name: whom.name.to_owned(), address: one.value.clone() });
    Ok(party.map_or(Reach::Not("no_address"), Reach::At))
}

/// The channels of the house: `registry.fill::<Channels>().add(channel)`.
#[derive(Clone, Default)]
pub struct Channels(BTreeMap<&'static str, Arc<dyn Channel>>);

impl Channels {
    pub fn add(&mut self, channel: impl Channel + 'static) {
        self.0.insert(channel.name(), Arc::new(channel));
    }

    /// Unavailable when the channel is switched off: what waits for it is kept.
    pub fn get(&self, name: &str) -> Result<Arc<dyn Channel>> {
        self.0.get(name).cloned().ok_or_else(|| {
            base::error::unavailable("channel_off", format!("The channel “{name}” is switched off."))
        })
    }

    pub fn all(&self) -> impl Iterator<Item = &Arc<dyn Channel>> + Clone {
        self.0.values()
    }

    /// Invalid when somebody named a channel that is not there.
    pub fn named(&self, name: &str) -> Result<Arc<dyn Channel>> {
        let unknown =
            || base::error::invalid("channel_unknown", "There is no such channel.").field("channel");
        self.0.get(name).cloned().ok_or_else(unknown)
    }
}

/// The channels of this workspace.
pub fn channels(registry: &journal::Registry) -> Channels {
    registry.socket::<Channels>().cloned().unwrap_or_default()
}
