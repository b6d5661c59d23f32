//! The socket that channels fill: the core knows none of them by name.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;

use base::{Result, Time};
use customers::IdentityKind;
use journal::{Cx, Workspace};
use people::{BrandId, TeamId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{ConversationId, MessageId, Party, Recipients};

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
    pub number: i64,
    pub subject: String,
    pub account: Option<String>,
    pub author_name: String,
    pub html: String,
    pub text: String,
    pub recipients: Recipients,
    pub attachments: Vec<Stored>,
    /// The id under which it goes out, also when it is sent again.
    pub source_id: String,
    /// Source ids of the thread, oldest first.
    pub references: Vec<String>,
    pub created_at: Time,
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

    /// The id that a new message will carry.
    fn new_source_id(&self, message: MessageId, from: Option<&Party>) -> String;

    fn deliver(&self, house: Arc<Workspace>, letter: Outgoing) -> Delivering;
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
