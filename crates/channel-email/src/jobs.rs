//! Slips: work that is done after a mail has been acknowledged.

use conversations::channel::Arrival;
use journal::Job;
use journal::job::Lane;
use serde::{Deserialize, Serialize};

use crate::model::{MailboxId, RawId};

/// Turns a stored mail into a message.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReadMail {
    pub raw: RawId,
    /// An agent has let it in, although its sender is shut out.
    #[serde(default)]
    pub released: bool,
    #[serde(default)]
    pub origin: Origin,
    /// Only its header is there: the rest was larger than what is taken.
    #[serde(default)]
    pub too_large: bool,
}

/// How a mail came to us.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Origin {
    #[serde(default)]
    pub arrival: Arrival,
    /// It lay in a folder of sent mail: an answer of ours that went out elsewhere.
    #[serde(default)]
    pub sent: bool,
}

impl Job for ReadMail {
    const NAME: &'static str = "email.read";
    const LANE: Lane = Lane::Intake;
}

/// Fetches what is new in a mailbox on another server. One slip stands for each mailbox, so that one node
/// at a time fetches it; done, it is put down again for the next round.
#[derive(Debug, Serialize, Deserialize)]
pub struct Fetch {
    pub mailbox: MailboxId,
}

impl Job for Fetch {
    const NAME: &'static str = "email.fetch";
    const LANE: Lane = Lane::Slow;

    fn key(&self) -> Option<String> {
        Some(format!("email.fetch:{}", self.mailbox))
    }
}

/// Files the mail of earlier days that waits for a mailbox, one after the other.
#[derive(Debug, Serialize, Deserialize)]
pub struct FileHistory {
    pub mailbox: MailboxId,
}

impl Job for FileHistory {
    const NAME: &'static str = "email.file_history";

    fn key(&self) -> Option<String> {
        Some(format!("email.file_history:{}", self.mailbox))
    }
}
