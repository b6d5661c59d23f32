//! The sockets by which agents are told of conversations away from the desk, and write back. By what way, nobody here
//! knows: a channel brings a notice and takes what comes back, whoever sends notices judges it.

use std::sync::Arc;

use base::{Result, Time};
use journal::{Cx, Workspace};
use people::BrandId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::channel::{Delivering, Stored};
use crate::model::{ConversationId, Party};

base::words! {
    /// To which of the two addresses of a notice somebody has written.
    pub enum Door {
        /// The words are for the customer.
        Answer = "answer",
        /// The words are an internal note.
        Note = "note",
    }
}

/// Our own address and brand, from which a notice goes out.
#[derive(Clone, Debug)]
pub struct Origin {
    pub account: Option<String>,
    pub brand: Option<BrandId>,
}

/// The addresses by which the reader of one notice writes back. Nobody else knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doors {
    pub answer: String,
    pub note: String,
}

/// A notice, ready to be brought.
#[derive(Clone, Debug)]
pub struct Notice {
    /// What its addresses name.
    pub id: i64,
    pub conversation: ConversationId,
    pub origin: Origin,
    pub to: Party,
    /// The name beside our own address.
    pub from_name: String,
    /// The name beside the address to which an answer goes.
    pub reply_name: String,
    pub subject: String,
    pub html: String,
    pub text: String,
    pub created_at: Time,
}

/// Whoever brings notices.
pub trait Courier: Send + Sync {
    /// `None` when nothing can be brought: nothing is set up, or the address is one of our own.
    fn doors(&self, cx: &mut Cx<'_, '_>, origin: &Origin, to: &str, notice: i64) -> Result<Option<Doors>>;

    /// An answer to it goes to its door for notes.
    fn bring(&self, house: Arc<Workspace>, notice: Notice) -> Delivering;
}

/// The one who brings notices: `registry.fill::<Couriers>().set(courier)`.
#[derive(Clone, Default)]
pub struct Couriers(Option<Arc<dyn Courier>>);

impl Couriers {
    pub fn set(&mut self, courier: impl Courier + 'static) {
        self.0 = Some(Arc::new(courier));
    }
}

/// The courier of this workspace, when a channel brings one.
pub fn courier(registry: &journal::Registry) -> Option<Arc<dyn Courier>> {
    registry.socket::<Couriers>().and_then(|Couriers(courier)| courier.clone())
}

/// What came to a door of a notice, as the channel has read it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WrittenBack {
    pub notice: i64,
    pub door: Door,
    pub from: Party,
    /// The channel has proof that it comes from there.
    pub proven: bool,
    /// A machine wrote it: it says so itself, or is a report.
    pub automatic: bool,
    /// Why the channel can't tell for sure what in it is new, or that a person wrote it.
    pub unclear: Option<String>,
    pub words: Words,
}

/// What was written now, without history and signature.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConversationWordsBack)]
pub struct Words {
    /// Cleaned as what agents write.
    pub html: String,
    pub text: String,
    pub attachments: Vec<Stored>,
    /// Recognise a repeat, in the same and in another account of ours.
    pub receipt: Vec<u8>,
    pub twin: Option<Vec<u8>>,
    pub raw_id: Option<i64>,
}

/// Whoever has sent the notices, and knows what their doors stand for.
pub trait Reader: Send + Sync {
    fn read(&self, cx: &mut Cx<'_, '_>, written: &WrittenBack) -> Result<()>;
}

/// The one who reads what comes back: `registry.fill::<Readers>().set(reader)`.
#[derive(Clone, Default)]
pub struct Readers(Option<Arc<dyn Reader>>);

impl Readers {
    pub fn set(&mut self, reader: impl Reader + 'static) {
        self.0 = Some(Arc::new(reader));
    }
}

/// The reader of this workspace, when notices are sent at all.
pub fn reader(registry: &journal::Registry) -> Option<Arc<dyn Reader>> {
    registry.socket::<Readers>().and_then(|Readers(reader)| reader.clone())
}
