//! Slips: work that is done after a mail has been acknowledged.

use journal::Job;
use serde::{Deserialize, Serialize};

use crate::model::RawId;

/// Turns a stored mail into a message.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReadMail {
    pub raw: RawId,
    /// An agent has let it in, although its sender is shut out.
    #[serde(default)]
    pub released: bool,
}

impl Job for ReadMail {
    const NAME: &'static str = "email.read";
}
