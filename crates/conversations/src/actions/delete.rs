//! Puts a conversation into the bin, and takes it out again.

use base::Result;
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::enter;
use crate::events;
use crate::model::ConversationId;
use crate::present::{self, Row};
use crate::store::conversation::save;

pub struct Delete;
pub struct Restore;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConversationDeleteInput)]
pub struct Input {
    pub conversation_id: ConversationId,
    #[serde(default)]
    pub version: Option<i64>,
}

impl Action for Delete {
    const NAME: &'static str = "conversation.delete";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Row;

    fn run(cx: &mut Cx, input: &Input) -> Result<Row> {
        let mut c = enter(cx, input.conversation_id, input.version)?;
        if c.deleted_at.is_none() {
            c.deleted_at = Some(cx.now());
            save(cx, &mut c)?;
            cx.record(Note::new(events::DELETED, "conversation", c.id.0))?;
            cx.undoable::<Restore>(&Input { version: None, ..input.clone() })?;
        }
        present::row(cx, c)
    }
}

impl Action for Restore {
    const NAME: &'static str = "conversation.restore";
    const GRANT: &'static str = Delete::NAME;
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Row;

    fn run(cx: &mut Cx, input: &Input) -> Result<Row> {
        let mut c = enter(cx, input.conversation_id, input.version)?;
        if c.deleted_at.take().is_some() {
            save(cx, &mut c)?;
            cx.record(Note::new(events::RESTORED, "conversation", c.id.0))?;
            cx.undoable::<Delete>(&Input { version: None, ..input.clone() })?;
        }
        present::row(cx, c)
    }
}
