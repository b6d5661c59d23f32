//! Takes a logged contact out of its conversation again, with the conversation when it began with it.

use base::Result;
use customers::TimelineId;
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::enter;
use super::revert::revert;
use crate::events;
use crate::model::MessageId;
use crate::store::attachment::clear_message;
use crate::store::conversation::save;
use crate::store::message::{find_message, set_unlogged};

pub struct Unlog;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MessageUnlogInput)]
pub struct Back {
    pub message_id: MessageId,
    pub timeline: TimelineId,
    /// The conversation began with it, and goes to the bin.
    #[serde(default)]
    pub began: bool,
}

impl Action for Unlog {
    const NAME: &'static str = "message.unlog";
    const GRANT: &'static str = "message.log";
    const RISK: Risk = Risk::Reversible;
    type Input = Back;
    type Output = ();

    fn run(cx: &mut Cx, input: &Back) -> Result<()> {
        let scope = people::scope(cx)?;
        let missing = || base::error::not_found("message_not_found");
        let message = find_message(cx, &scope, input.message_id)?.ok_or_else(missing)?;
        let mut c = enter(cx, message.conversation_id, None)?;
        customers::remove_timeline(cx, input.timeline)?;
        if input.began && c.deleted_at.is_none() {
            // What was written stays in it, so that it can be taken out of the bin as it was.
            c.deleted_at = Some(cx.now());
            save(cx, &mut c)?;
            return cx.record(Note::new(events::DELETED, "conversation", c.id.0)).map(drop);
        }
        set_unlogged(cx, message.id)?;
        clear_message(cx, message.id)?;
        revert(cx, &mut c, &message)?;
        cx.record(Note::new(events::WITHDRAWN, "conversation", c.id.0).with("message", message.id)).map(drop)
    }
}
