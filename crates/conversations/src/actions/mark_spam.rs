//! Marks a conversation as spam, or takes the mark away.

use base::Result;
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::enter;
use crate::events;
use crate::model::ConversationId;
use crate::present::{self, Row};
use crate::store::conversation::save;

pub struct MarkSpam;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConversationMarkSpamInput)]
pub struct Input {
    pub conversation_id: ConversationId,
    pub spam: bool,
    #[serde(default)]
    pub version: Option<i64>,
}

impl Action for MarkSpam {
    const NAME: &'static str = "conversation.mark_spam";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Row;

    fn run(cx: &mut Cx, input: &Input) -> Result<Row> {
        let mut c = enter(cx, input.conversation_id, input.version)?;
        if c.spam == input.spam {
            return present::row(cx, c);
        }
        c.spam = input.spam;
        save(cx, &mut c)?;
        let note = Note::new(events::SPAM_CHANGED, "conversation", c.id.0);
        cx.record(note.change("spam", !input.spam, input.spam))?;
        cx.undoable::<MarkSpam>(&Input { spam: !input.spam, version: None, ..input.clone() })?;
        present::row(cx, c)
    }
}
