//! What a letter tells, once it is known that its reader may know it.

use conversations::model::MessageId;
use conversations::store::conversation::Conversation;
use people::Agent;

use crate::model::Cause;

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Line {
    pub cause: Cause,
    /// Whose words these are.
    pub message: Option<MessageId>,
    /// Who wrote or did it; empty when it happened by itself.
    pub who: String,
    pub text: String,
    pub files: Vec<String>,
    /// Why it did not arrive.
    pub why: Option<String>,
    /// The reader's own words, which were parked.
    pub own: bool,
}

/// Everything for one letter.
#[derive(Clone, Debug)]
pub struct Told {
    pub agent: Agent,
    pub conversation: Conversation,
    pub customer: String,
    pub lines: Vec<Line>,
}

impl Told {
    pub fn shown(&self) -> Vec<MessageId> {
        self.lines.iter().filter_map(|line| line.message).collect()
    }
}
