//! Sets the status of a conversation by hand.

use base::Result;
use base::error::conflict;
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::enter;
use crate::events;
use crate::model::{ConversationId, Status, may_become};
use crate::present::{self, Row};
use crate::store::conversation::save;

pub struct SetStatus;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConversationSetStatusInput)]
pub struct Input {
    pub conversation_id: ConversationId,
    pub status: Status,
    #[serde(default)]
    pub version: Option<i64>,
    /// For undo: refuses when the status is another one by now.
    #[serde(default)]
    pub only_from: Option<Status>,
}

impl Action for SetStatus {
    const NAME: &'static str = "conversation.set_status";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Row;

    fn run(cx: &mut Cx, input: &Input) -> Result<Row> {
        let mut c = enter(cx, input.conversation_id, input.version)?;
        if input.only_from.is_some_and(|from| from != c.status) {
            return Err(conflict("moved_on", "The status was changed again meanwhile."));
        }
        let before = c.status;
        if before == input.status {
            return present::row(cx, c);
        }
        let undoing_the_first_step = input.only_from.is_some() && input.status == Status::New;
        if !undoing_the_first_step {
            may_become(before, input.status)?;
        }
        c.status = input.status;
        c.status_at = cx.now();
        save(cx, &mut c)?;
        let note = Note::new(events::STATUS_CHANGED, "conversation", c.id.0);
        cx.record(note.change("status", before, c.status))?;
        let back = Input { status: before, only_from: Some(c.status), version: None, ..input.clone() };
        cx.undoable::<SetStatus>(&back)?;
        present::row(cx, c)
    }
}
